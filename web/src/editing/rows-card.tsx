import type { ListField } from '@kith/server/book/fields'
import { useId, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { v7 as newId } from 'uuid'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { CirclePlusIcon } from '../ui/icons.ts'
import { focusField } from './fault-list.tsx'
import { textsOfLists } from './field-texts.ts'
import { mainPartOf, partField, type Row } from './form.ts'
import { RowFields } from './row-fields.tsx'
import { addRow, changePart, moveRow, removeRow } from './rows.ts'
import styles from './rows-card.module.css'

type Props = {
  list: ListField
  rows: Row[]
  onChange: (rows: Row[]) => void
  faults: ReadonlyMap<string, string>
}

/** The values of one list, a row each, and the button that adds another. */
export function RowsCard({ list, rows, onChange, faults }: Props) {
  const [moved, setMoved] = useState('')
  const ids = { title: useId(), hint: useId(), add: useId() }
  const texts = textsOfLists[list]
  const main = mainPartOf(list)

  function add() {
    const key = newId()
    flushSync(() => onChange(addRow(list, rows, key)))
    focusField(partField(key, main))
  }

  function remove(key: string) {
    const { rows: left, focus } = removeRow(rows, key)
    flushSync(() => onChange(left))
    focusField(focus === null ? ids.add : partField(focus, main))
  }

  function move(event: KeyboardEvent, key: string) {
    const step = event.altKey ? steps[event.key] : undefined
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const after = moveRow(rows, key, step)
    if (after === rows) return
    // A row that moves in the document loses the focus.
    const focused = document.activeElement
    flushSync(() => onChange(after))
    if (focused instanceof HTMLElement) focused.focus()
    const at = after.findIndex((row) => row.key === key) + 1
    setMoved(text('editing.moved', { at, count: after.length }))
  }

  return (
    <section className={classes(styles.section, rows.length === 0 && styles.empty)}>
      <h3 id={ids.title} className={styles.title}>
        {text(texts.group)}
      </h3>
      <div
        role="group"
        aria-labelledby={ids.title}
        aria-describedby={rows.length > 1 ? ids.hint : undefined}
        className={styles.card}
      >
        {rows.map((row) => (
          <div key={row.key} role="presentation" onKeyDownCapture={(event) => move(event, row.key)}>
            <RowFields
              list={list}
              row={row}
              faults={faults}
              onChange={(part, value) => onChange(changePart(rows, row.key, part, value))}
              onRemove={() => remove(row.key)}
            />
          </div>
        ))}
        <div className={styles.add}>
          <Button id={ids.add} variant="accent" icon={CirclePlusIcon} onPress={add}>
            {text(texts.add)}
          </Button>
        </div>
      </div>
      <p id={ids.hint} hidden>
        {text('editing.moveHint')}
      </p>
      <p role="status" className={styles.unseen}>
        {moved}
      </p>
    </section>
  )
}

const steps: Record<string, -1 | 1 | undefined> = { ArrowUp: -1, ArrowDown: 1 }
