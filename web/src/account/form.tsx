import { useEffect, useRef, type ReactNode } from 'react'
import { Banner } from '../ui/banner.tsx'
import { fieldOf, isOfFields, sentenceOf } from './refusal.ts'
import { SubmitButton } from './submit-button.tsx'
import type { Submission } from './use-submission.ts'
import styles from './form.module.css'

type Props = {
  submission: Submission
  /** The button's text. */
  button: string
  /** A lesser form beside another one. */
  isSecond?: boolean
  children?: ReactNode
}

/**
 * A form with its button, which counts down while the server wants to be left alone. A refusal takes the focus to the
 * field that it is about.
 */
export function Form({ submission, button, isSecond = false, children }: Props) {
  const { isPending, refusal, waitSeconds, submit } = submission
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const field = refusal && form.current?.elements.namedItem(fieldOf(refusal))
    if (field instanceof HTMLInputElement) field.select()
  }, [refusal])
  const isSaidAtFields = refusal !== null && isOfFields(refusal)
  return (
    <form ref={form} noValidate onSubmit={submit} className={styles.form}>
      {refusal && !isSaidAtFields ? (
        <Banner kind="fault" title={sentenceOf(refusal)}>
          {null}
        </Banner>
      ) : null}
      {children}
      <SubmitButton isSecond={isSecond} isPending={isPending} waitSeconds={waitSeconds}>
        {button}
      </SubmitButton>
    </form>
  )
}
