import { uidKey } from '../../book/uid.ts'
import { firstBookId } from '../../contacts/store/card-files.ts'
import { type FoundRow, findByUids } from '../../contacts/store/find-by-uid.ts'
import type { Ask } from '../../db/ask.ts'
import { findUidsOfGroups } from '../../labels/group-files.ts'
import { cardHash } from '../../vcard/same-card.ts'
import { contactOf, sortAsOf, uidOf } from '../file/entry.ts'
import { findLookAlikes, findCards, type Wanted } from './find-contacts.ts'
import { findMatchedBefore } from './fingerprints.ts'
import type { LabelledEntry } from './labelled-entries.ts'

/** An import, and the contacts that earlier imports gave the fingerprints of its entries. */
export type ImportRun = {
  ownerId: string
  importId: string
  fingerprints: ReadonlyMap<string, string>
}

/** The contacts that entries may belong to. */
export type KnownContacts = {
  byUid: Map<string, FoundRow>
  /** The UIDs that groups of the first book have, as UIDs are compared. */
  uidsOfGroups: ReadonlySet<string>
  /** By the numbers of entries, the contacts that have the same columns. */
  lookAlikes: Map<number, FoundRow[]>
  /** Cards by the ids of their contacts. */
  cards: Map<string, string>
  /** The ids of contacts that an earlier entry of this file has matched. */
  matchedBefore: Set<string>
}

/** Finds the contacts for several entries at once. */
export async function findKnownContacts(
  ask: Ask,
  run: ImportRun,
  entries: readonly LabelledEntry[],
): Promise<KnownContacts> {
  const { ownerId } = run
  const uids = entries.flatMap(({ entry }) => uidOf(entry) ?? [])
  const byUid = await findByUids(ask, ownerId, uids)
  const uidsOfGroups = await findUidsOfGroups(ask, ownerId, firstBookId, uids.map(uidKey))
  const unknown = entries.filter(({ entry }) => {
    const uid = uidOf(entry)
    return uid === null || !byUid.has(uidKey(uid))
  })
  const hasUnknownUid = ({ entry }: LabelledEntry) => uidOf(entry) !== null
  const withUnknownUid = unknown.filter(hasUnknownUid).map(wantedOf)
  const others = unknown.filter((one) => !hasUnknownUid(one)).map(wantedOf)
  const lookAlikes = new Map([
    ...(await findLookAlikes(ask, ownerId, withUnknownUid, false)),
    ...(await findLookAlikes(ask, ownerId, others)),
  ])
  const changed = entries.flatMap(({ entry }) => {
    if (entry.kind === 'row') return []
    const row = byUid.get(uidKey(entry.read.uid ?? ''))
    const isOther = row?.card_hash && row.card_hash !== cardHash(entry.text)
    return row && isOther && row.photo_hash === entry.photoHash ? [row.id] : []
  })
  const cards = await findCards(ask, ownerId, [...new Set(changed)])
  const found = [...byUid.values(), ...[...lookAlikes.values()].flat()]
  const named = [...new Set(found.map(({ id }) => id))]
  const matchedBefore = await findMatchedBefore(ask, run, named)
  return { byUid, uidsOfGroups, lookAlikes, cards, matchedBefore }
}

function wantedOf({ entry }: LabelledEntry): Wanted {
  return { number: entry.number, contact: contactOf(entry), sortAs: sortAsOf(entry) }
}
