import { text } from '../strings/text.ts'
import { ButtonContent, buttonClass } from '../ui/button-look.tsx'
import { classes } from '../ui/classes.ts'
import { longWaitSeconds } from './refusal.ts'
import styles from './submit-button.module.css'

type Props = {
  children: string
  isSecond: boolean
  isPending: boolean
  /** Rests as long, and says so. */
  waitSeconds: number
}

export function SubmitButton({ children, isSecond, isPending, waitSeconds }: Props) {
  const isWaiting = waitSeconds > 0
  return (
    <button
      type="submit"
      disabled={isWaiting}
      // One that is disabled would lose the focus.
      aria-disabled={isPending || undefined}
      data-disabled={isWaiting || undefined}
      data-pending={isPending || undefined}
      className={classes(buttonClass(isSecond ? 'quiet' : 'primary', true), styles.submit)}
    >
      <ButtonContent isPending={isPending}>
        {isWaiting ? resting(children, waitSeconds) : children}
      </ButtonContent>
    </button>
  )
}

function resting(button: string, seconds: number): string {
  if (seconds <= longWaitSeconds) return text('account.buttonIn', { button, seconds })
  return text('account.buttonInMinutes', { button, minutes: Math.ceil(seconds / 60) })
}
