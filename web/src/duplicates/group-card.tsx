import type { DuplicateGroup } from '@kith/server/duplicates/schema'
import { useId, useState } from 'react'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { isCertain } from './certain.ts'
import { ContactTile } from './contact-tile.tsx'
import { reasonsOf } from './reasons.ts'
import styles from './duplicates.module.css'

type Props = {
  group: DuplicateGroup
  onMerge: () => void
  onDismiss: () => Promise<void>
}

/** Contacts that may be of one person, beside each other, and why. */
export function GroupCard({ group, onMerge, onDismiss }: Props) {
  const reasonId = useId()
  const [isDismissing, setIsDismissing] = useState(false)

  async function dismiss() {
    setIsDismissing(true)
    await onDismiss()
    setIsDismissing(false)
  }

  return (
    <li className={styles.group}>
      <p id={reasonId} className={styles.reason}>
        <span>{reasonsOf(group)}</span>
        <span className={isCertain(group) ? styles.certain : styles.likely}>
          {text(isCertain(group) ? 'duplicates.certain' : 'duplicates.likely')}
        </span>
      </p>
      <div className={styles.tiles}>
        {group.contacts.map((contact) => (
          <ContactTile key={contact.id} contact={contact} />
        ))}
      </div>
      <div className={styles.actions}>
        <Button aria-describedby={reasonId} isPending={isDismissing} onPress={dismiss}>
          {text('duplicates.not-the-same')}
        </Button>
        <Button aria-describedby={reasonId} variant="primary" onPress={onMerge}>
          {text('duplicates.merge')}
        </Button>
      </div>
    </li>
  )
}
