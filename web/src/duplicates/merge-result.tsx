import { formatBirthday } from '../data/birthday-words.ts'
import { titleOf, workOf } from '../data/title.ts'
import { usePhoto } from '../data/use-photo.ts'
import { fieldName } from '../history/words.ts'
import { text } from '../strings/text.ts'
import { Avatar } from '../ui/avatar.tsx'
import type { Contact } from '../worker/calls.ts'
import { listFields, type Chosen } from './choices.ts'
import styles from './merge-dialog.module.css'

/** What the contacts become, as the server would make it. */
export function MergeResult({ joined, left }: { joined: Contact; left: Chosen['left'] }) {
  const photo = usePhoto(joined.photo, 96)
  const result = { ...joined, ...listFields(left, joined) } as Contact
  const name = titleOf(result)
  return (
    <section className={styles.result} aria-live="polite">
      <h3 className={styles.title}>{text('duplicates.result')}</h3>
      <div className={styles.who}>
        <Avatar id={result.id} name={name} photo={photo} />
        <div>
          <p className={styles.name}>
            {text('duplicates.result-of', {
              // Isolated (UAX 9): a name that is written from the right leaves the rest in its place.
              name: `\u2068${name}\u2069`,
              phones: result.phones.length,
              emails: result.emails.length,
            })}
          </p>
          <p className={styles.note}>{workOf(result)}</p>
        </div>
      </div>
      {result.birthday || result.additional_data ? (
        <dl className={styles.texts}>
          {result.birthday ? <Said field="birthday">{formatBirthday(result.birthday)}</Said> : null}
          {result.additional_data ? (
            <Said field="additional_data">{result.additional_data}</Said>
          ) : null}
        </dl>
      ) : null}
    </section>
  )
}

function Said({ field, children }: { field: 'birthday' | 'additional_data'; children: string }) {
  return (
    <div>
      <dt className={styles.note}>{fieldName(field)}</dt>
      <dd className={styles.text}>{children}</dd>
    </div>
  )
}
