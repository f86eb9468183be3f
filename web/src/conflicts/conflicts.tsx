import { useState } from 'react'
import { formatBirthday } from '../data/birthday-words.ts'
import { changeContacts } from '../data/change.ts'
import { itemOf } from '../data/item.ts'
import { useLabels } from '../data/use-labels.ts'
import { shownLabel } from '../strings/known-label.ts'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { notify } from '../ui/toast.tsx'
import type { Conflict, Contact, Label } from '../worker/calls.ts'
import { fieldInSentence } from './field-in-sentence.ts'
import styles from './conflicts.module.css'

const partsOfName: ReadonlySet<keyof Contact> = new Set([
  'prefix',
  'first_name',
  'middle_name',
  'last_name',
  'suffix',
  'nickname',
  'company',
])

/**
 * What was changed here and elsewhere at the same time, field by field. The contact shows theirs, and mine is kept here
 * until somebody chooses.
 */
export function Conflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
  return (
    <div className={styles.conflicts}>
      {conflicts.flatMap((conflict) =>
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

function OneConflict({
  conflict: { contactId, title: name },
  field: { field, mine, theirs },
}: Props) {
  const { labels } = useLabels()
  const [isChosen, setIsChosen] = useState(false)
  async function keep(side: 'mine' | 'theirs') {
    // Whoever presses twice has chosen once: the second choice would find nothing, and nothing to undo.
    setIsChosen(true)
    const message = side === 'mine' ? 'conflicts.keptMine' : 'conflicts.keptTheirs'
    // A name in question is theirs as long as nobody has chosen.
    const isOfName = side === 'mine' && partsOfName.has(field)
    const title = text(message, { name: isOfName ? valueText(field, mine, labels) : name })
    const choice = { kind: 'choose', id: contactId, field, keep: side } as const
    const undo = await changeContacts([choice], { title, ids: [contactId] })
    if (undo) notify({ title, kind: 'done', undo })
    else setIsChosen(false)
  }
  return (
    <Banner
      title={text('conflicts.title', { field: fieldInSentence(field), name })}
      actions={
        <>
          <Button isDisabled={isChosen} onPress={() => void keep('mine')}>
            {text('conflicts.keepMine')}
          </Button>
          <Button isDisabled={isChosen} onPress={() => void keep('theirs')}>
            {text('conflicts.keepTheirs')}
          </Button>
        </>
      }
    >
      <dl className={styles.sides}>
        <dt>{text('conflicts.mine')}</dt>
        <dd>{valueText(field, mine, labels)}</dd>
        <dt>{text('conflicts.theirs')}</dt>
        <dd>{valueText(field, theirs, labels)}</dd>
      </dl>
    </Banner>
  )
}

/** A value of a field on a few lines; whatever it is, it is shown as text. */
function valueText(field: keyof Contact, value: unknown, labels: readonly Label[]): string {
  if (typeof value === 'string' && value !== '') {
    return field === 'birthday' ? formatBirthday(value) : value
  }
  if (!Array.isArray(value) || value.length === 0) return text('conflicts.none')
  if (field === 'label_ids') {
    const names = labels.filter(({ id }) => value.includes(id)).map(({ name }) => name)
    return names.join(', ') || text('conflicts.none')
  }
  return value.map(lineOf).join('\n')
}

function lineOf(value: Parameters<typeof itemOf>[0]): string {
  const { label, text } = itemOf(value)
  return label ? `${text} (${shownLabel(label)})` : text
}
