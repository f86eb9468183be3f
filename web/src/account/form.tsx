import type { ReactNode } from 'react'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { sentenceOf } from './refusal.ts'
import type { Submission } from './use-submission.ts'
import styles from './form.module.css'

type Props = {
  submission: Submission
  /** The button's text. */
  button: string
  /** A lesser form beside another one. */
  isSecond?: boolean
  children?: ReactNode
  /** What else may help, when the form was refused for this reason. */
  help?: ReactNode
}

/** A form with its button, which counts down while the server wants to be left alone. */
export function Form({ submission, button, isSecond = false, children, help }: Props) {
  const { isPending, refusal, waitSeconds, submit } = submission
  const isSaidAtFields = refusal?.code === 'validation_failed' && refusal.fields.length > 0
  return (
    <form noValidate onSubmit={submit} className={styles.form}>
      {refusal && !isSaidAtFields ? (
        <Banner kind="fault" title={sentenceOf(refusal)}>
          {null}
        </Banner>
      ) : null}
      {help}
      {children}
      <Button
        type="submit"
        variant={isSecond ? 'quiet' : 'primary'}
        wide
        isPending={isPending}
        isDisabled={waitSeconds > 0}
      >
        {waitSeconds > 0 ? text('account.buttonIn', { button, seconds: waitSeconds }) : button}
      </Button>
    </form>
  )
}
