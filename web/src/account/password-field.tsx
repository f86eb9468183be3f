import { useState, type KeyboardEvent } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextField } from 'react-aria-components/TextField'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { text } from '../strings/text.ts'
import { classes } from '../ui/classes.ts'
import { EyeIcon, EyeOffIcon } from '../ui/icons.ts'
import field from '../ui/field.module.css'
import styles from './password-field.module.css'

type Props = {
  value: string
  onChange: (value: string) => void
  /** A new one has a rule, which is said beforehand. */
  isNew?: boolean
  label?: string
  fault?: string | null
}

/** A password, which can be looked at instead of typed twice. */
export function PasswordField({ value, onChange, isNew = false, label, fault }: Props) {
  const [isShown, setShown] = useState(false)
  const [hasCapsLock, setCapsLock] = useState(false)
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <TextField
      value={value}
      onChange={onChange}
      name="password"
      type={isShown ? 'text' : 'password'}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      isInvalid={Boolean(fault)}
      validationBehavior="aria"
      className={field.field}
    >
      <Label className={field.label}>{label ?? text('account.password')}</Label>
      <div className={styles.box}>
        <Input
          maxLength={isNew ? 128 : 512}
          autoCapitalize="none"
          spellCheck="false"
          className={classes(field.box, styles.input)}
          onKeyDown={watchCapsLock}
          onKeyUp={watchCapsLock}
          onBlur={() => setCapsLock(false)}
        />
        <ToggleButton
          aria-label={text('account.showPassword')}
          isSelected={isShown}
          onChange={setShown}
          className={styles.show}
        >
          {isShown ? <EyeOffIcon aria-hidden="true" /> : <EyeIcon aria-hidden="true" />}
        </ToggleButton>
      </div>
      <span aria-live="polite" className={styles.caps}>
        {hasCapsLock ? text('account.capsLock') : null}
      </span>
      {isNew ? (
        <Text slot="description" className={field.description}>
          {text('account.passwordRule')}
        </Text>
      ) : null}
      <FieldError className={field.fault}>{fault}</FieldError>
    </TextField>
  )
}
