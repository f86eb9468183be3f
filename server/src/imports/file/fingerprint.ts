import { createHash } from 'node:crypto'
import type { WholeContact } from '../../book/contact.ts'
import { uidKey } from '../match/find-contacts.ts'
import { meaningOf } from '../../vcard/same-card.ts'

/** All that an entry says, in two hashes. */
export type Said = {
  /** Of what it says of the person: its UID and its labels are not in it. In base64. */
  content: string
  /** With UID and labels: whoever has the same says nothing that this did not. In hex. */
  fingerprint: string
}

/** @param categories in any order */
export function saidByCard(text: string, uid: string | null, categories: readonly string[]): Said {
  return said(meaningOf(text), uid, categories)
}

export function saidByRow(
  contact: WholeContact,
  uid: string | null,
  labels: readonly string[],
): Said {
  return said(JSON.stringify(contact), uid, labels)
}

function said(meaning: string, uid: string | null, labels: readonly string[]): Said {
  const content = createHash('sha256').update(meaning).digest('base64')
  const all = [content, uid && uidKey(uid), ...new Set(labels.toSorted())]
  const fingerprint = createHash('sha256').update(JSON.stringify(all)).digest('hex')
  return { content, fingerprint }
}
