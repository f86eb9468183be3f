import { lists } from '@kith/server/book/fields'
import { itemOf } from '../data/item.ts'
import { fieldName } from '../history/words.ts'
import { shownLabel } from '../strings/known-label.ts'
import { text } from '../strings/text.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import type { Contact } from '../worker/calls.ts'
import { keyOf, type Chosen } from './choices.ts'
import styles from './merge-dialog.module.css'

type Props = {
  joined: Contact
  left: Chosen['left']
  onChange: (left: Chosen['left']) => void
}

/** The values of all lists, each of which can be left out. */
export function ValueChoices({ joined, left, onChange }: Props) {
  const shown = lists.filter((list) => joined[list].length > 0)
  if (shown.length === 0) return null

  function toggle(key: string, stays: boolean) {
    const next = new Set(left)
    if (stays) next.delete(key)
    else next.add(key)
    onChange(next)
  }

  return (
    <section className={styles.choices}>
      <h3 className={styles.title}>{text('duplicates.values')}</h3>
      {shown.map((list) => (
        <div key={list} role="group" aria-label={fieldName(list)} className={styles.values}>
          <p className={styles.field}>{fieldName(list)}</p>
          {joined[list].map((value) => {
            const key = keyOf(list, value)
            const { label, text } = itemOf(value)
            return (
              <Checkbox
                key={key}
                isSelected={!left.has(key)}
                onChange={(stays) => toggle(key, stays)}
              >
                <span className={styles.value}>{text}</span>
                {label ? <span className={styles.note}>{shownLabel(label)}</span> : null}
              </Checkbox>
            )
          })}
        </div>
      ))}
    </section>
  )
}
