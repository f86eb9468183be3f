import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { faultName, faultText } from './fault-texts.ts'
import type { Fault } from './faults.ts'
import styles from './fault-list.module.css'

/** Everything that keeps a form from being saved, each with a link to its field. */
export function FaultList({ faults }: { faults: readonly Fault[] }) {
  if (faults.length === 0) return null
  return (
    <Banner kind="fault" title={text('editing.faults', { count: faults.length })}>
      <ul id={listId} className={styles.list}>
        {faults.map((fault) => (
          <li key={`${fault.field} ${faultText(fault)}`}>
            <a
              href={`#${fault.field}`}
              onClick={(event) => {
                event.preventDefault()
                focusField(fault.field)
              }}
            >
              {text('editing.faultOf', { field: faultName(fault), fault: faultText(fault) })}
            </a>
          </li>
        ))}
      </ul>
    </Banner>
  )
}

const listId = 'faults'

/** Brings the list into sight, its first link with the focus. */
export function focusFaults(): void {
  const link = document.querySelector<HTMLElement>(`#${listId} a`)
  link?.scrollIntoView({ block: 'center' })
  link?.focus({ preventScroll: true })
}

/** Brings a field into sight and puts the focus into it. */
export function focusField(id: string): void {
  const field = document.querySelector<HTMLElement>(`#${CSS.escape(id)}`)
  field?.focus({ preventScroll: true })
  field?.scrollIntoView({ block: 'center' })
}
