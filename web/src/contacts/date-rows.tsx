import { formatBirthday } from '../data/birthday-words.ts'
import { shownLabel } from '../strings/known-label.ts'
import { text } from '../strings/text.ts'
import { CardRow } from '../ui/card.tsx'
import { whenNext } from './birthday-text.ts'
import { CopyButton } from './copy-button.tsx'
import styles from './contact.module.css'

/** The day, and how old somebody will be, and when. */
export function BirthdayRow({ birthday }: { birthday: string }) {
  const shown = formatBirthday(birthday)
  const next = whenNext(birthday)
  return (
    <CardRow label={text('contacts.birthday')} end={<CopyButton value={shown} />}>
      {shown}
      {next ? <span className={styles.next}> · {next}</span> : null}
    </CardRow>
  )
}

export function DateRow({ label, value }: { label: string | null; value: string }) {
  const shown = formatBirthday(value)
  return (
    <CardRow
      label={label ? shownLabel(label) : text('contacts.date')}
      end={<CopyButton value={shown} />}
    >
      {shown}
    </CardRow>
  )
}
