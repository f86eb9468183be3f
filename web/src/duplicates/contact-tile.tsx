import { itemOf } from '../data/item.ts'
import { isCompany, titleOf, workOf } from '../data/title.ts'
import { usePhoto } from '../data/use-photo.ts'
import { text } from '../strings/text.ts'
import { Avatar } from '../ui/avatar.tsx'
import type { Contact } from '../worker/calls.ts'
import styles from './duplicates.module.css'

/** How many values are shown of a contact. */
const maxValues = 4

/** A contact in short: who it is, and what tells it from the others. */
export function ContactTile({ contact }: { contact: Contact }) {
  const photo = usePhoto(contact.photo, 96)
  const name = titleOf(contact)
  const values = [...contact.phones, ...contact.emails].map(itemOf).slice(0, maxValues)
  return (
    <div className={styles.tile}>
      <div className={styles.who}>
        <Avatar id={contact.id} name={name} photo={photo} isCompany={isCompany(contact)} />
        <div className={styles.words}>
          <p className={styles.name}>{name || text('duplicates.unnamed')}</p>
          <p className={styles.note}>{workOf(contact)}</p>
        </div>
      </div>
      <ul className={styles.values}>
        {values.map((value) => (
          <li key={value.text}>{value.text}</li>
        ))}
      </ul>
    </div>
  )
}
