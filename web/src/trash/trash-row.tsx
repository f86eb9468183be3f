import type { TrashedContact } from '@kith/server/trash/schema'
import { useId, useState } from 'react'
import { isCompany, subtitleOf, titleOf } from '../data/title.ts'
import { text } from '../strings/text.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { daysLeft } from './days-left.ts'
import styles from './trash.module.css'

type Props = {
  contact: TrashedContact
  onRestore: () => Promise<void>
  onPurge: () => void
}

export function TrashRow({ contact, onRestore, onPurge }: Props) {
  const nameId = useId()
  const [isRestoring, setIsRestoring] = useState(false)
  const name = titleOf(contact)

  async function bringBack() {
    setIsRestoring(true)
    await onRestore()
    setIsRestoring(false)
  }

  return (
    <li className={styles.row}>
      <Avatar id={contact.id} name={name} isCompany={isCompany(contact)} />
      <div className={styles.words}>
        <p id={nameId} className={styles.name}>
          {name || text('trash.unnamed')}
        </p>
        <p className={styles.note}>{noteOf(contact)}</p>
      </div>
      <p className={styles.days}>
        {text('trash.days-left', { count: daysLeft(contact.deleted_at) })}
      </p>
      <div className={styles.actions}>
        <Button aria-describedby={nameId} isPending={isRestoring} onPress={bringBack}>
          {text('trash.restore')}
        </Button>
        <Button aria-describedby={nameId} variant="plain" onPress={onPurge}>
          {text('trash.purge')}
        </Button>
      </div>
    </li>
  )
}

function noteOf(contact: TrashedContact): string {
  return contact.merged_into === null ? subtitleOf(contact) : text('trash.merged')
}
