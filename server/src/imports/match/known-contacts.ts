import { type FoundRow, findByUids } from '../../contacts/store/find-by-uid.ts'
import { uidKey } from '../../book/uid.ts'
import { personColumns } from '../../contacts/store/columns.ts'
import type { Ask } from '../../db/ask.ts'
import { contactOf, uidOf } from '../file/entry.ts'
import { findAlike, findCards, type Wanted } from './find-contacts.ts'
import type { LabelledEntry } from './labelled-entries.ts'
import { cardHash } from '../../vcard/same-card.ts'
import { findMatchedBefore } from './fingerprints.ts'

/** What is imported, and what it has said before. */
export type ImportRun = {
  ownerId: string
  importId: string
  fingerprints: ReadonlyMap<string, string>
}

/** Contacts of whom entries may be. */
export type KnownContacts = {
  byUid: Map<string, FoundRow>
  alike: Map<number, FoundRow[]>
  /** By the ids of contacts. */
  cards: Map<string, string>
  /** Ids of contacts of whom earlier entries of the file are. */
  spokenOf: Set<string>
}

/** Looks for them all at once. */
export async function findKnownContacts(
  ask: Ask,
  of: ImportRun,
  entries: readonly LabelledEntry[],
): Promise<KnownContacts> {
  const { ownerId } = of
  const byUid = await findByUids(
    ask,
    ownerId,
    entries.flatMap(({ entry }) => uidOf(entry) ?? []),
  )
  const unknown = entries.filter(({ entry }) => {
    const uid = uidOf(entry)
    return uid === null || !byUid.has(uidKey(uid))
  })
  const isStranger = ({ entry }: LabelledEntry) => entry.kind === 'card' && entry.read.uid !== null
  const strangers = unknown.filter(isStranger).map(wantedOf)
  const others = unknown.filter((one) => !isStranger(one)).map(wantedOf)
  const alike = new Map([
    ...(await findAlike(ask, ownerId, strangers, false)),
    ...(await findAlike(ask, ownerId, others)),
  ])
  const changed = entries.flatMap(({ entry }) => {
    if (entry.kind === 'row') return []
    const row = byUid.get(uidKey(entry.read.uid ?? ''))
    const isOther = row?.card_hash && row.card_hash !== cardHash(entry.text)
    return row && isOther && row.photo_hash === entry.photoHash ? [row.id] : []
  })
  const cards = await findCards(ask, ownerId, [...new Set(changed)])
  const named = [...new Set([...byUid.values()].map(({ id }) => id))]
  return { byUid, alike, cards, spokenOf: await findMatchedBefore(ask, of, named) }
}

function wantedOf({ entry }: LabelledEntry): Wanted {
  return { ...personColumns(contactOf(entry)), number: entry.number }
}
