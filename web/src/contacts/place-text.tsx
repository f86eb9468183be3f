import type { Contact } from '../worker/calls.ts'
import styles from './contact.module.css'

/** An address on lines of its own, as on an envelope. */
export function PlaceText({ address }: { address: Contact['addresses'][number] }) {
  const { street, extended, po_box, postal_code, city, region, country } = address
  const town = [postal_code, city].filter(Boolean).join(' ')
  const lines = [po_box, extended, street, town, region, country].filter(Boolean)
  return <span className={styles.lines}>{lines.join('\n')}</span>
}
