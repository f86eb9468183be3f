import { uidKey } from '../../book/uid.ts'
import { uidOf, type ContactEntry } from '../file/entry.ts'

/** An earlier entry of the file, which the database may not know yet. */
export type EarlierEntry = {
  number: number
  labelIds: ReadonlySet<string>
  contactId: string | null
}

/** The entries of a file that are not written yet; a preview, which writes none, keeps all. */
export type EarlierEntries = {
  /** An earlier entry with the same UID and content, labels aside. */
  find(entry: ContactEntry): EarlierEntry | undefined
  /** Whether an earlier entry has the same UID. */
  hasSameUid(entry: ContactEntry): boolean
  /** Whether an earlier entry is of this contact. */
  hasMatched(contactId: string): boolean
  add(entry: ContactEntry, labelIds: readonly string[], contactId: string | null): void
}

export function createEarlierEntries(): EarlierEntries {
  const earlier = new Map<string, EarlierEntry>()
  const uids = new Set<string>()
  const contactIds = new Set<string>()
  return {
    find: (entry) => earlier.get(keyOf(entry)),
    hasSameUid(entry) {
      const uid = uidOf(entry)
      return uid !== null && uids.has(uidKey(uid))
    },
    hasMatched: (contactId) => contactIds.has(contactId),
    add(entry, labelIds, contactId) {
      if (contactId !== null) contactIds.add(contactId)
      const { number, fingerprints } = entry
      const one = { number, labelIds: new Set(labelIds), contactId }
      const uid = uidOf(entry)
      if (uid !== null) uids.add(uidKey(uid))
      earlier.set(keyOf(entry), one)
      // An entry without a UID matches any earlier one with the same content.
      earlier.set(fingerprints.content, one)
    },
  }
}

function keyOf(entry: ContactEntry): string {
  const uid = uidOf(entry)
  return uid === null ? entry.fingerprints.content : `${entry.fingerprints.content} ${uidKey(uid)}`
}
