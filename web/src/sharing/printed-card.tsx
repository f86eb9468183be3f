import type { ListField } from '@kith/server/book/fields'
import { formatBirthday } from '../data/birthday-words.ts'
import { itemOf } from '../data/item.ts'
import { workOf, titleOf } from '../data/title.ts'
import { useLabels } from '../data/use-labels.ts'
import { fieldName } from '../history/words.ts'
import { shownLabel } from '../strings/known-label.ts'
import { text } from '../strings/text.ts'
import type { Contact } from '../worker/calls.ts'
import styles from './print-sheet.module.css'

/** A contact as a card of paper. */
export function PrintedCard({ contact }: { contact: Contact }) {
  const { labels, starred } = useLabels()
  const names = labels
    .filter(({ id }) => contact.label_ids.includes(id) && id !== starred?.id)
    .map(({ name }) => name)
  const rows = rowsOf(contact)
  return (
    <article className={styles.card}>
      <h1>{titleOf(contact)}</h1>
      <p>{workOf(contact)}</p>
      <dl className={styles.values}>
        {rows.map(({ label, value }) => (
          <div key={`${label} ${value}`}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {names.length > 0 ? (
          <div>
            <dt>{text('editing.labels')}</dt>
            <dd>{names.join(', ')}</dd>
          </div>
        ) : null}
      </dl>
    </article>
  )
}

/** In the order of the screen. */
const lists = [
  'phones',
  'emails',
  'messengers',
  'links',
  'addresses',
  'dates',
  'relations',
  'custom_fields',
] as const satisfies ListField[]

function rowsOf(contact: Contact): { label: string; value: string }[] {
  const listed = lists.flatMap((list) =>
    contact[list].map((one) => {
      const { label, text } = itemOf(one)
      return { label: label ? shownLabel(label) : fieldName(list), value: text }
    }),
  )
  const { birthday, nickname, additional_data } = contact
  return [
    ...(nickname ? [{ label: fieldName('nickname'), value: nickname }] : []),
    ...listed,
    ...(birthday ? [{ label: fieldName('birthday'), value: formatBirthday(birthday) }] : []),
    ...(additional_data ? [{ label: fieldName('additional_data'), value: additional_data }] : []),
  ]
}
