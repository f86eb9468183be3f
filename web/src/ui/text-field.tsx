import type { Ref } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField, type TextFieldProps } from 'react-aria-components/TextField'
import { classes } from './classes.ts'
import styles from './field.module.css'

type Props = Omit<TextFieldProps, 'className' | 'style' | 'children'> & {
  /** Without a label, `aria-label` names the field. */
  label?: string
  description?: string
  /** What is wrong with the value; the field is invalid while there is one. */
  fault?: string | null
  placeholder?: string
  /** Grows with its text. */
  multiline?: boolean
  /** Without a border of its own, for a row of a card. */
  bare?: boolean
  /** Of the text, where that is not the direction of the page: of numbers and addresses. */
  dir?: 'ltr'
  inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>
}

/** A field for text, one line or several. */
export function TextField({
  label,
  description,
  fault,
  placeholder,
  multiline,
  bare,
  dir,
  inputRef,
  isInvalid = Boolean(fault),
  ...rest
}: Props) {
  const Box = multiline ? TextArea : Input
  return (
    <AriaTextField
      validationBehavior="aria"
      {...rest}
      isInvalid={isInvalid}
      className={styles.field}
    >
      {label ? <Label className={styles.label}>{label}</Label> : null}
      <Box
        ref={inputRef}
        dir={dir}
        placeholder={placeholder}
        className={classes(styles.box, multiline && styles.area, bare && styles.bare)}
      />
      {description ? (
        <Text slot="description" className={styles.description}>
          {description}
        </Text>
      ) : null}
      <FieldError className={styles.fault}>{fault}</FieldError>
    </AriaTextField>
  )
}
