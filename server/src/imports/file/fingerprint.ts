import { createHash } from 'node:crypto'
import type { Contact } from '../../book/contact.ts'
import { uidKey } from '../../book/uid.ts'
import { comparableText, sorted } from '../../vcard/same-card.ts'

/** The content of an entry, as two hashes. */
export type Fingerprints = {
  /** Covers the contact alone, without UID, labels and the order of different properties. In base64. */
  content: string
  /** Covers UID and labels too: entries with equal fingerprints are interchangeable. In hex. */
  whole: string
}

/** @param categories in any order */
export function fingerprintCard(
  text: string,
  uid: string | null,
  categories: readonly string[],
): Fingerprints {
  const lines = comparableText(text)
  return { content: hash(sorted(lines)), whole: wholeOf(hash(lines), uid, categories) }
}

export function fingerprintRow(
  contact: Contact,
  uid: string | null,
  labels: readonly string[],
): Fingerprints {
  const content = hash(JSON.stringify(contact, withoutEmpty))
  return { content, whole: wholeOf(content, uid, labels) }
}

/** Of a contact in the trash of an archive, where it had this id. */
export function fingerprintTrashed(
  { content, whole }: Fingerprints,
  id: string | null,
): Fingerprints {
  const trashed = createHash('sha256')
    .update(JSON.stringify(['trash', whole, id]))
    .digest('hex')
  return { content, whole: trashed }
}

/** A field that a later version adds, and that the file has no column for, thus changes nothing. */
function withoutEmpty(_field: string, value: unknown): unknown {
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0)
  return isEmpty ? undefined : value
}

function wholeOf(content: string, uid: string | null, labels: readonly string[]): string {
  const all = [content, uid && uidKey(uid), ...new Set(labels.toSorted())]
  return createHash('sha256').update(JSON.stringify(all)).digest('hex')
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
