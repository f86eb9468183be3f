import { uidOf, type ContactEntry } from '../file/entry.ts'
import { uidKey } from '../../book/uid.ts'

/** An entry that stands earlier in the file, and that the database may not know of yet. */
export type EarlierEntry = {
  number: number
  labelIds: ReadonlySet<string>
  contactId: string | null
}

/** What is remembered of entries until they are written; a preview, which writes none, keeps all. */
export type EarlierEntries = {
  /** One that said the same of the same person, but for labels. */
  find(entry: ContactEntry): EarlierEntry | undefined
  /** Whether one had the same UID. */
  hasUidOf(entry: ContactEntry): boolean
  add(entry: ContactEntry, labelIds: readonly string[], contactId: string | null): void
}

export function createEarlierEntries(): EarlierEntries {
  const earlier = new Map<string, EarlierEntry>()
  const uids = new Set<string>()
  return {
    find: (entry) => earlier.get(keyOf(entry)),
    hasUidOf(entry) {
      const uid = uidOf(entry)
      return uid !== null && uids.has(uidKey(uid))
    },
    add(entry, labelIds, contactId) {
      const { number, said } = entry
      const one = { number, labelIds: new Set(labelIds), contactId }
      const uid = uidOf(entry)
      if (uid !== null) uids.add(uidKey(uid))
      earlier.set(keyOf(entry), one)
      // One without a UID is of anybody of whom the same was said.
      earlier.set(said.content, one)
    },
  }
}

function keyOf(entry: ContactEntry): string {
  const uid = uidOf(entry)
  return uid === null ? entry.said.content : `${entry.said.content} ${uidKey(uid)}`
}
