import { text } from '../strings/text.ts'
import { TextField } from '../ui/text-field.tsx'

type Props = {
  value: string
  onChange: (value: string) => void
  fault?: string | null
  description?: string
  /** `username` where it is what one logs in with. */
  autoComplete?: 'email' | 'username'
  autoFocus?: boolean
}

export function EmailField({ autoComplete = 'username', ...rest }: Props) {
  return (
    <TextField
      {...rest}
      label={text('account.email')}
      name="email"
      type="email"
      inputMode="email"
      autoComplete={autoComplete}
      maxLength={254}
    />
  )
}

/** Whether a text may be an address; the server looks closer. */
export const looksLikeEmail = (value: string) => /^\S+@\S+$/.test(value.trim())
