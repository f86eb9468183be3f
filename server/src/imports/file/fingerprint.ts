import { createHash } from 'node:crypto'
import type { Contact } from '../../book/contact.ts'
import { uidKey } from '../../book/uid.ts'
import { comparableText } from '../../vcard/same-card.ts'

/** All that an entry says, in two hashes. */
export type Fingerprints = {
  /** Of what it says of the person: its UID and its labels are not in it. In base64. */
  content: string
  /** With UID and labels: whoever has the same says nothing that this did not. In hex. */
  fingerprint: string
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
  return fingerprintsOf(JSON.stringify(contact), uid, labels)
}

function fingerprintsOf(
  meaning: string,
  uid: string | null,
  labels: readonly string[],
): Fingerprints {
  const content = createHash('sha256').update(meaning).digest('base64')
  const all = [content, uid && uidKey(uid), ...new Set(labels.toSorted())]
  const fingerprint = createHash('sha256').update(JSON.stringify(all)).digest('hex')
  return { content, fingerprint }
}
