import type { TrashedContact } from '@kith/server/trash/schema'
import { useId, useState } from 'react'
import { Link } from 'wouter'
import { isCompany, subtitleOf, titleOf } from '../data/title.ts'
import { useContact } from '../data/use-contact.ts'
import { to } from '../routes.ts'
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
        {contact.merged_into === null ? (
          <p className={styles.note}>{subtitleOf(contact)}</p>
        ) : (
          <MergedInto id={contact.merged_into} />
        )}
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

/** Into whom a contact was merged; named while they are in the book themselves. */
function MergedInto({ id }: { id: string }) {
  const into = useContact(id)
  const name = into.kind === 'here' ? titleOf(into.contact) : ''
  return (
    <p className={styles.merged}>
      {name === '' ? (
        text('trash.merged')
      ) : (
        <Link href={to.contact(id)} className={styles.link}>
          {text('trash.merged-into', { name })}
        </Link>
      )}
    </p>
  )
}
