import { useId, type ComponentProps, type ReactNode } from 'react'
import { classes } from '../ui/classes.ts'
import look from '../ui/field.module.css'
import styles from './field.module.css'

type Props = Omit<ComponentProps<'input'>, 'onChange' | 'className' | 'style' | 'id'> & {
  label: string
  value: string
  onChange: (value: string) => void
  description?: string
  /** What is wrong with the value; the field is invalid while there is one. */
  fault?: string | null
  /** What stands in the box, at its end. */
  end?: ReactNode
  /** What is said below the box as it happens. */
  note?: ReactNode
}

/**
 * A field that looks as those of the app, made of plain elements: these pages are loaded by people who have
 * nothing of the app yet.
 */
export function Field({ label, onChange, description, fault, end, note, ...input }: Props) {
  const id = useId()
  const about = [fault ? `${id}-fault` : null, description ? `${id}-hint` : null]
  return (
    <div className={look.field}>
      <label htmlFor={id} className={look.label}>
        {label}
      </label>
      <div className={styles.box}>
        <input
          {...input}
          id={id}
          aria-describedby={about.filter(Boolean).join(' ') || undefined}
          aria-invalid={fault ? true : undefined}
          className={classes(look.box, styles.input, Boolean(end) && styles.hasEnd)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        {end}
      </div>
      {note}
      {description ? (
        <span id={`${id}-hint`} className={look.description}>
          {description}
        </span>
      ) : null}
      {fault ? (
        <span id={`${id}-fault`} className={look.fault}>
          {fault}
        </span>
      ) : null}
    </div>
  )
}
