import { isDeepStrictEqual } from 'node:util'
import { withBirthdayAsDate } from '../contacts/birthday-as-date.ts'
import { personColumns, wholeOf } from '../contacts/project.ts'
import { findWhole } from '../contacts/queries.ts'
import type { Ask } from '../db/ask.ts'
import { writeCard } from '../vcard/write-card.ts'
import { contactOf, uidOf, type CardEntry, type ContactEntry, type RowEntry } from './entry.ts'
import {
  findAlike,
  findByUids,
  findCards,
  uidKey,
  type FoundRow,
  type Wanted,
} from './find-contacts.ts'
import { mergeRow } from './merge-row.ts'
import { cardHash, isSameCard } from './same-card.ts'
import type { Seen } from './seen.ts'
import { findSpokenOf } from './sources.ts'

/** What is to become of an entry. `labelIds` are the contact's afterwards. */
export type Decision =
  | {
      outcome: 'created'
      entry: ContactEntry
      labelIds: string[]
      /** Whether somebody else in the file has its UID: it gets another one. */
      isUidTaken: boolean
    }
  | {
      outcome: 'updated'
      entry: ContactEntry
      row: FoundRow | null
      labelIds: string[]
      /** Whether the contact is not what it was: else it gets labels, or its first card. */
      isOther: boolean
    }
  | {
      outcome: 'same'
      entry: ContactEntry
      contactId: string | null
      /** The number of the earlier entry that said the same, where it is that. */
      twin: number | null
    }

/** An entry with the labels that it names, and those of groups that name it. */
export type Labelled = { entry: ContactEntry; labelIds: string[]; groupLabelIds: string[] }

/** As the table has it. */
export const maxLabelsOfContact = 100
// Each has to be fetched with its card.
const maxCompared = 5

/** What is imported, and what it has said before. */
type Import = { ownerId: string; importId: string; sources: ReadonlyMap<string, string> }

/**
 * Decides what becomes of entries, in their order: whom they are of, by what imports have said
 * before, by UID and else by content, and whether they say anything new. A card is content that is
 * equal line by line; a card with a UID that nobody has is only of a contact that has no card, so that
 * two people who look alike stay two; and so do two to whom a file gives one UID.
 * @param canWait whether an entry may wait until the ones before it are written; then the decisions
 *   end before one that cannot be judged until then
 */
export async function decide(
  ask: Ask,
  of: Import,
  entries: readonly Labelled[],
  seen: Seen,
  canWait: boolean,
): Promise<Decision[]> {
  const { ownerId, sources } = of
  const known = await findKnown(
    ask,
    of,
    entries.filter(({ entry }) => !sources.has(entry.said.fingerprint)),
  )
  const touched = new Set<string>()
  const decisions: Decision[] = []
  for (const one of entries) {
    const { entry, labelIds } = one
    const decision =
      decideBySource(entry, sources) ??
      decideBySeen(one, seen, canWait) ??
      (await decideOne(ask, ownerId, one, known, touched))
    if (decision === 'wait') break
    if (decision.outcome === 'updated' && decision.row) {
      if (touched.has(decision.row.id) && canWait) break
      touched.add(decision.row.id)
    }
    decisions.push(decision)
    const isSame = decision.outcome === 'same'
    seen.add(entry, isSame ? labelIds : decision.labelIds, idOf(decision))
  }
  return decisions
}

function decideBySource(entry: ContactEntry, sources: Import['sources']): Decision | undefined {
  const contactId = sources.get(entry.said.fingerprint)
  return contactId === undefined ? undefined : { outcome: 'same', entry, contactId, twin: null }
}

function decideBySeen(
  { entry, labelIds }: Labelled,
  seen: Seen,
  canWait: boolean,
): Decision | 'wait' | undefined {
  const earlier = seen.find(entry)
  if (earlier && labelIds.every((id) => earlier.labelIds.has(id))) {
    return { outcome: 'same', entry, contactId: earlier.contactId, twin: earlier.number }
  }
  const isUidTaken = seen.hasUidOf(entry)
  if (canWait && (earlier || isUidTaken)) return 'wait'
  if (earlier) return { outcome: 'updated', entry, row: null, labelIds, isOther: false }
  return isUidTaken ? { outcome: 'created', entry, labelIds, isUidTaken } : undefined
}

type Known = {
  byUid: Map<string, FoundRow>
  alike: Map<number, FoundRow[]>
  /** By the ids of contacts. */
  cards: Map<string, string>
  /** Ids of contacts of whom earlier entries of the file are. */
  spokenOf: Set<string>
}

async function findKnown(ask: Ask, of: Import, entries: readonly Labelled[]): Promise<Known> {
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
  const isStranger = ({ entry }: Labelled) => entry.kind === 'card' && entry.read.uid !== null
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
  return { byUid, alike, cards, spokenOf: await findSpokenOf(ask, of, named) }
}

function wantedOf({ entry }: Labelled): Wanted {
  return { ...personColumns(contactOf(entry)), number: entry.number }
}

async function decideOne(
  ask: Ask,
  ownerId: string,
  { entry, labelIds, groupLabelIds }: Labelled,
  known: Known,
  touched: ReadonlySet<string>,
): Promise<Decision> {
  const { byUid, alike, spokenOf } = known
  const uid = uidOf(entry)
  const row = uid === null ? undefined : byUid.get(uidKey(uid))
  if (row) {
    const union = withLabels(row, labelIds)
    const isOld = await saysNothingNew(ask, ownerId, entry, row, known)
    if (isOld && union.length === row.label_ids.length) {
      return { outcome: 'same', entry, contactId: row.id, twin: null }
    }
    return !isOld && spokenOf.has(row.id)
      ? { outcome: 'created', entry, labelIds, isUidTaken: true }
      : { outcome: 'updated', entry, row, labelIds: union, isOther: !isOld }
  }
  // A group gives its label to members that come later; those who are there may have lost it since.
  const allIds = [...new Set([...labelIds, ...groupLabelIds])].slice(0, maxLabelsOfContact)
  const twins = (alike.get(entry.number) ?? []).filter(
    (twin) =>
      !touched.has(twin.id) &&
      isDeepStrictEqual(wholeOf(twin), contactOf(entry)) &&
      (entry.kind === 'row' || twin.card_hash === null || twin.photo_hash === entry.photoHash),
  )
  let cardless: FoundRow | undefined
  for (const twin of twins.slice(0, maxCompared)) {
    const union = withLabels(twin, allIds)
    const isEqual = entry.kind === 'row' || (await isCardOf(ask, ownerId, entry, twin, known))
    if (isEqual && union.length === twin.label_ids.length) {
      return { outcome: 'same', entry, contactId: twin.id, twin: null }
    }
    if (isEqual) return { outcome: 'updated', entry, row: twin, labelIds: union, isOther: false }
    if (twin.card_hash === null) cardless ??= twin
  }
  // One that had no card yet gets this one.
  return cardless
    ? {
        outcome: 'updated',
        entry,
        row: cardless,
        labelIds: withLabels(cardless, allIds),
        isOther: false,
      }
    : { outcome: 'created', entry, labelIds: allIds, isUidTaken: false }
}

async function saysNothingNew(
  ask: Ask,
  ownerId: string,
  entry: ContactEntry,
  row: FoundRow,
  known: Known,
) {
  if (entry.kind === 'card') return isCardOf(ask, ownerId, entry, row, known)
  return isMerged(entry, row)
}

function isMerged(entry: RowEntry, row: FoundRow): boolean {
  const before = withBirthdayAsDate(wholeOf(row))
  return isDeepStrictEqual(mergeRow(before, entry), before)
}

async function isCardOf(
  ask: Ask,
  ownerId: string,
  entry: CardEntry,
  row: FoundRow,
  { cards }: Known,
) {
  if (row.card_hash === cardHash(entry.text)) return true
  if (row.photo_hash !== entry.photoHash) return false
  if (row.card_hash === null)
    return isSameCard(writtenCard(entry, row), entry.text, entry.read.version)
  const stored = cards.get(row.id) ?? (await findWhole(ask, ownerId, row.id))?.card ?? ''
  return isSameCard(stored, entry.text, entry.read.version)
}

/** As an export would have written a contact that has no card. */
function writtenCard({ read }: CardEntry, row: FoundRow): string {
  const version = read.version === '4.0' ? '4.0' : '3.0'
  const contact = wholeOf(row)
  return writeCard({ uid: row.uid ?? row.id, rev: new Date(0), contact, categories: [] }, version)
}

/** An import gives labels and takes none away. */
function withLabels(row: FoundRow, labelIds: readonly string[]): string[] {
  return [...new Set([...row.label_ids, ...labelIds])].slice(
    0,
    Math.max(maxLabelsOfContact, row.label_ids.length),
  )
}

function idOf(decision: Decision): string | null {
  if (decision.outcome === 'same') return decision.contactId
  return decision.outcome === 'updated' ? (decision.row?.id ?? null) : null
}
