import { hash } from 'node:crypto'
import type { Contact } from '../../book/contact.ts'
import { uidKey } from '../../book/uid.ts'
import { comparableTexts } from '../../vcard/same-card.ts'

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
  const { inOrder, sorted } = comparableTexts(text)
  return { content: base64(sorted), whole: wholeOf(base64(inOrder), uid, categories) }
}

export function fingerprintRow(
  contact: Contact,
  uid: string | null,
  labels: readonly string[],
): Fingerprints {
  const content = base64(JSON.stringify(withoutEmpty(contact)))
  return { content, whole: wholeOf(content, uid, labels) }
}

/** Of a contact in the trash of an archive, where it had this id. */
export function fingerprintTrashed(
  { content, whole }: Fingerprints,
  id: string | null,
): Fingerprints {
  const trashed = hash('sha256', JSON.stringify(['trash', whole, id]))
  return { content, whole: trashed }
}

/** A field that a later version adds, and that the file has no column for, thus changes nothing. */
function withoutEmpty(fields: object): object {
  const filled: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(fields) as [string, string | object[] | null][]) {
    if (value === null) continue
    if (!Array.isArray(value)) filled[field] = value
    else if (value.length > 0) filled[field] = value.map(withoutEmpty)
  }
  return filled
}

function wholeOf(content: string, uid: string | null, labels: readonly string[]): string {
  const all = [content, uid && uidKey(uid), ...new Set(labels.toSorted())]
  return hash('sha256', JSON.stringify(all))
}

function base64(text: string): string {
  return hash('sha256', text, 'base64')
}
