import { useId } from 'react'
import { currentLocale, text } from '../strings/text.ts'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { BirthdayParts } from './birthday-parts.ts'
import { birthdayField } from './form.ts'
import styles from './birthday-field.module.css'

type Props = {
  birthday: BirthdayParts
  onChange: (birthday: BirthdayParts) => void
  fault: string | null
}

/** A birthday in three fields, of which the year may stay empty. */
export function BirthdayField({ birthday, onChange, fault }: Props) {
  const ids = { title: useId(), fault: useId() }
  const change = (parts: Partial<BirthdayParts>) => onChange({ ...birthday, ...parts })
  return (
    <div role="group" aria-labelledby={ids.title} className={styles.group}>
      <h3 id={ids.title} className={styles.title}>
        {text('editing.birthday')}
      </h3>
      <div className={styles.fields}>
        <TextField
          id={birthdayField}
          label={text('editing.day')}
          value={birthday.day}
          onChange={(day) => change({ day: digitsOf(day, 2) })}
          inputMode="numeric"
          autoComplete="off"
          isInvalid={fault !== null}
          aria-describedby={fault ? ids.fault : undefined}
        />
        <Select
          label={text('editing.month')}
          options={monthOptions()}
          value={birthday.month}
          onChange={(month) => change({ month })}
        />
        <TextField
          label={text('editing.year')}
          value={birthday.year}
          onChange={(year) => change({ year: digitsOf(year, 4) })}
          inputMode="numeric"
          autoComplete="off"
          isInvalid={fault !== null}
          aria-describedby={fault ? ids.fault : undefined}
        />
      </div>
      {fault ? (
        <p id={ids.fault} className={styles.fault}>
          {fault}
        </p>
      ) : null}
    </div>
  )
}

const digitsOf = (text: string, max: number) => text.replaceAll(/\D/g, '').slice(0, max)

function monthOptions() {
  const format = new Intl.DateTimeFormat(currentLocale(), { month: 'long', timeZone: 'UTC' })
  const months = Array.from({ length: 12 }, (_, month) => ({
    value: String(month + 1),
    label: format.format(Date.UTC(2000, month)),
  }))
  return [{ value: '', label: text('editing.noMonth') }, ...months]
}
