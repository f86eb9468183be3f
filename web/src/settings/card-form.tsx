import type { ReactNode, SubmitEvent } from 'react'
import { Button } from '../ui/button.tsx'
import { Fault } from './fault.tsx'
import styles from './card-form.module.css'

type Props = {
  /** Names the form. */
  label: string
  button: string
  isPending: boolean
  fault: string | null
  onSubmit: () => void
  /** Takes the form away again. */
  cancel?: ReactNode
  isDisabled?: boolean
  children: ReactNode
}

/** A small form in a card, for what is not saved at once. */
export function CardForm(props: Props) {
  const { label, button, isPending, fault, onSubmit, cancel, isDisabled, children } = props
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!isPending && !isDisabled) onSubmit()
  }
  return (
    <form aria-label={label} noValidate onSubmit={submit} className={styles.form}>
      <Fault>{fault}</Fault>
      {children}
      <div className={styles.actions}>
        <Button type="submit" variant="primary" isPending={isPending} isDisabled={isDisabled}>
          {button}
        </Button>
        {cancel}
      </div>
    </form>
  )
}
