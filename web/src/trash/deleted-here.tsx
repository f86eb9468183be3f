import { useId } from 'react'
import { useWaiting } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import type { Waiting } from '../worker/calls.ts'
import { restoreHere } from './trash.ts'
import styles from './trash.module.css'

/** What was deleted on this device and is not in the trash of the server yet: all that is known of it without one. */
export function DeletedHere() {
  const headingId = useId()
  const deleted = useWaiting().filter(({ kind, refusal }) => kind === 'delete' && refusal === null)
  if (deleted.length === 0) return null
  return (
    <section>
      <h2 id={headingId} className={styles.heading}>
        {text('trash.waiting')}
      </h2>
      <ul aria-labelledby={headingId} className={styles.list}>
        {deleted.map((deletion) => (
          <DeletedRow key={deletion.opId} deletion={deletion} />
        ))}
      </ul>
    </section>
  )
}

function DeletedRow({ deletion: { contactId, title } }: { deletion: Waiting }) {
  const nameId = useId()
  return (
    <li className={styles.row}>
      <Avatar id={contactId} name={title} isCompany={false} />
      <p id={nameId} className={styles.name}>
        {title || text('trash.unnamed')}
      </p>
      <Button aria-describedby={nameId} onPress={() => void restoreHere(contactId, title)}>
        {text('trash.restore')}
      </Button>
    </li>
  )
}
