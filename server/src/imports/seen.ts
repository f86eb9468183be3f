import { createHash } from 'node:crypto'
import { contactOf, uidOf, type ContactEntry } from './entry.ts'
import { uidKey } from './find-contacts.ts'
import { cardHash } from './same-card.ts'

/** An entry that stands earlier in the file, and that the database does not know of yet. */
export type Earlier = { textHash: string; labelIds: ReadonlySet<string>; contactId: string | null }

/** What is remembered of entries until they are written; a preview, which writes none, keeps all. */
export type Seen = {
  find(entry: ContactEntry): Earlier | undefined
  add(entry: ContactEntry, labelIds: readonly string[], contactId: string | null): void
}

export function createSeen(): Seen {
  const byUid = new Map<string, Earlier>()
  const byContent = new Map<string, Earlier>()
  return {
    find(entry) {
      const uid = uidOf(entry)
      return uid === null ? byContent.get(contentKey(entry)) : byUid.get(uidKey(uid))
    },
    add(entry, labelIds, contactId) {
      const earlier = { textHash: textHash(entry), labelIds: new Set(labelIds), contactId }
      const uid = uidOf(entry)
      if (uid !== null) byUid.set(uidKey(uid), earlier)
      byContent.set(contentKey(entry), earlier)
    },
  }
}

/** Of all that an entry says, as it says it. */
export function textHash(entry: ContactEntry): string {
  return entry.kind === 'card' ? cardHash(entry.text) : contentKey(entry)
}

function contentKey(entry: ContactEntry): string {
  return createHash('sha1')
    .update(JSON.stringify(contactOf(entry)))
    .digest('base64')
}
