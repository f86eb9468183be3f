import { titleOf } from '../data/title.ts'
import { text } from '../strings/text.ts'
import type { Contact } from '../worker/calls.ts'
import styles from './print-sheet.module.css'

/** Contacts as two columns of names with phones and e-mails. */
export function PrintedTable({ contacts }: { contacts: readonly Contact[] }) {
  return (
    <section>
      <h1>{text('sharing.print-title')}</h1>
      <div className={styles.columns}>
        {contacts.map((contact) => (
          <div key={contact.id} className={styles.entry}>
            <p className={styles.name}>{titleOf(contact)}</p>
            {reachOf(contact).map((value) => (
              <p key={value}>{value}</p>
            ))}
          </div>
        ))}
      </div>
    </section>
  )
}

/** Phones and e-mails, each once. */
const reachOf = ({ phones, emails }: Contact) => [
  ...new Set([...phones, ...emails].map(({ value }) => value)),
]
