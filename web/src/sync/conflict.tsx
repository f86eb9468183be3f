import { resolveConflict } from '../data/change.ts'
import { itemOf } from '../data/item.ts'
import { useConflicts } from '../data/state.ts'
import { useLabels } from '../data/use-labels.ts'
import { shownLabel } from '../strings/known-label.ts'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import type { Conflict, Contact, Label } from '../worker/calls.ts'
import { fieldInSentence } from './field-text.ts'
import styles from './conflict.module.css'

/**
 * What was changed here and elsewhere at the same time, field by field. The contact shows theirs, and
 * mine is kept here until somebody chooses.
 * @param contactId of whose conflicts; those of all contacts without it
 */
export function Conflicts({ contactId }: { contactId?: string }) {
  const conflicts = useConflicts()
  const shown = conflicts.filter(
    (conflict) => contactId === undefined || conflict.contactId === contactId,
  )
  if (shown.length === 0) return null
  return (
    <div className={styles.conflicts}>
      {shown.flatMap((conflict) =>
        conflict.fields.map((field) => (
          <OneConflict
            key={`${conflict.contactId} ${field.field}`}
            conflict={conflict}
            field={field}
          />
        )),
      )}
    </div>
  )
}

type Props = { conflict: Conflict; field: Conflict['fields'][number] }

function OneConflict({ conflict: { contactId, title }, field: { field, mine, theirs } }: Props) {
  const { labels } = useLabels()
  const keep = (side: 'mine' | 'theirs') => void resolveConflict(contactId, field, side)
  return (
    <Banner
      title={text('sync.conflict', { field: fieldInSentence(field), name: title })}
      actions={
        <>
          <Button onPress={() => keep('mine')}>{text('sync.keepMine')}</Button>
          <Button onPress={() => keep('theirs')}>{text('sync.keepTheirs')}</Button>
        </>
      }
    >
      <dl className={styles.sides}>
        <dt>{text('sync.mine')}</dt>
        <dd>{valueText(field, mine, labels)}</dd>
        <dt>{text('sync.theirs')}</dt>
        <dd>{valueText(field, theirs, labels)}</dd>
      </dl>
    </Banner>
  )
}

/** A value of a field on a few lines; whatever it is, it is shown as text. */
function valueText(field: keyof Contact, value: unknown, labels: readonly Label[]): string {
  if (typeof value === 'string' && value !== '') return value
  if (!Array.isArray(value) || value.length === 0) return text('sync.none')
  if (field === 'label_ids') {
    const names = labels.filter(({ id }) => value.includes(id)).map(({ name }) => name)
    return names.join(', ') || text('sync.none')
  }
  return value.map(lineOf).join('\n')
}

function lineOf(value: Parameters<typeof itemOf>[0]): string {
  const { label, text } = itemOf(value)
  return label ? `${text} (${shownLabel(label)})` : text
}
