import { useState, type KeyboardEvent } from 'react'
import { text } from '../strings/text.ts'
import { EyeIcon, EyeOffIcon } from '../ui/icons.ts'
import { Field } from './field.tsx'
import styles from './password-field.module.css'

type Props = {
  value: string
  onChange: (value: string) => void
  /** A new one has a rule, which is said beforehand. */
  isNew?: boolean
  fault?: string | null
}

/** A password, which can be looked at instead of typed twice. */
export function PasswordField({ value, onChange, isNew = false, fault }: Props) {
  const [isShown, setShown] = useState(false)
  const [hasCapsLock, setCapsLock] = useState(false)
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  const Icon = isShown ? EyeOffIcon : EyeIcon
  return (
    <Field
      label={text('account.password')}
      name="password"
      type={isShown ? 'text' : 'password'}
      value={value}
      onChange={onChange}
      fault={fault}
      description={isNew ? text('account.passwordRule') : undefined}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      maxLength={isNew ? 128 : 512}
      autoCapitalize="none"
      spellCheck="false"
      onKeyDown={watchCapsLock}
      onKeyUp={watchCapsLock}
      onBlur={() => setCapsLock(false)}
      end={
        <button
          type="button"
          aria-label={text('account.showPassword')}
          aria-pressed={isShown}
          title={text('account.showPassword')}
          onClick={() => setShown(!isShown)}
          className={styles.show}
        >
          <Icon aria-hidden="true" />
        </button>
      }
      note={
        <span aria-live="polite" className={styles.caps}>
          {hasCapsLock ? text('account.capsLock') : null}
        </span>
      }
    />
  )
}
