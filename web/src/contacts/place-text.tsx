import type { Contact } from '../worker/calls.ts'
import { townLines } from './town-lines.ts'
import styles from './contact.module.css'

/** An address on lines of its own, as on an envelope. */
export function PlaceText({ address }: { address: Contact['addresses'][number] }) {
  const { street, extended, po_box, country } = address
  const lines = [po_box, extended, street, ...townLines(address), country].filter(Boolean)
  return <span className={styles.lines}>{lines.join('\n')}</span>
}
