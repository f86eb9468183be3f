import { text } from '../strings/text.ts'
import { Field } from './field.tsx'

type Props = {
  value: string
  onChange: (value: string) => void
  fault?: string | null
  description?: string
  autoFocus?: boolean
}

export function EmailField(props: Props) {
  return (
    <Field
      {...props}
      label={text('account.email')}
      name="email"
      type="email"
      dir="ltr"
      inputMode="email"
      autoComplete="username"
      maxLength={254}
    />
  )
}

/** Whether a text may be an address; the server looks closer. */
export const looksLikeEmail = (value: string) => /^\S+@\S+$/.test(value.trim())
