import { createHash } from 'node:crypto'
import type { Contact } from '../../book/contact.ts'
import { uidKey } from '../../book/uid.ts'
import { comparableText } from '../../vcard/same-card.ts'

/** The content of an entry, as two hashes. */
export type Fingerprints = {
  /** Covers the contact alone, without UID and labels. In base64. */
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
  return fingerprintsOf(comparableText(text), uid, categories)
}

export function fingerprintRow(
  contact: Contact,
  uid: string | null,
  labels: readonly string[],
): Fingerprints {
  return fingerprintsOf(JSON.stringify(contact, withoutEmpty), uid, labels)
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

function fingerprintsOf(text: string, uid: string | null, labels: readonly string[]): Fingerprints {
  const content = createHash('sha256').update(text).digest('base64')
  const all = [content, uid && uidKey(uid), ...new Set(labels.toSorted())]
  const fingerprint = createHash('sha256').update(JSON.stringify(all)).digest('hex')
  return { content, whole: fingerprint }
}
