import { Link } from 'wouter'
import { to } from '../routes.ts'
import { dateAndTime, timeAgo } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import type { Contact } from '../worker/calls.ts'
import { besideList, useListAddress } from './list-address.ts'
import styles from './contact.module.css'

/** When it changed last, and the way to what it was before. */
export function ContactFoot({ contact: { id, updated_at } }: { contact: Contact }) {
  const list = useListAddress()
  return (
    <footer className={styles.foot}>
      <time dateTime={updated_at} title={dateAndTime(updated_at)}>
        {text('contacts.changed', { when: timeAgo(updated_at) })}
      </time>
      <span aria-hidden="true">·</span>
      <Link href={besideList(to.history(id), list)} className={styles.link}>
        {text('contacts.history')}
      </Link>
    </footer>
  )
}
