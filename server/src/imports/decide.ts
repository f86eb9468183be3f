import { isDeepStrictEqual } from 'node:util'
import { withBirthdayAsDate } from '../contacts/birthday-as-date.ts'
import { wholeOf } from '../contacts/project.ts'
import { findWhole } from '../contacts/queries.ts'
import { sortKey } from '../contacts/search.ts'
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
import { textHash, type Seen } from './seen.ts'

/** What is to become of an entry. `labelIds` are the contact's afterwards. */
export type Decision =
  | { outcome: 'created'; entry: ContactEntry; labelIds: string[] }
  | { outcome: 'updated'; entry: ContactEntry; row: FoundRow | null; labelIds: string[] }
  | { outcome: 'same'; entry: ContactEntry; contactId: string | null }

export type Labelled = { entry: ContactEntry; labelIds: string[] }

/** As the table has it. */
export const maxLabelsOfContact = 100
// Each has to be fetched with its card.
const maxCompared = 5

/**
 * Decides what becomes of entries, in their order: whom they are of, by UID and else by content, and
 * whether they say anything new. A card is content that is equal line by line; a card with a UID that
 * nobody has is only of a contact that has no card, so that two people who look alike stay two.
 * @param canWait whether an entry may wait until the ones before it are written; then the decisions
 *   end before one that would change what an earlier one has just written
 */
export async function decide(
  ask: Ask,
  ownerId: string,
  entries: readonly Labelled[],
  seen: Seen,
  canWait: boolean,
): Promise<Decision[]> {
  const known = await findKnown(ask, ownerId, entries)
  const touched = new Set<string>()
  const decisions: Decision[] = []
  for (const { entry, labelIds } of entries) {
    const earlier = seen.find(entry)
    let decision: Decision
    if (earlier) {
      const isSame =
        earlier.textHash === textHash(entry) && labelIds.every((id) => earlier.labelIds.has(id))
      if (!isSame && canWait) break
      const isKnown = isSame || uidOf(entry) !== null
      decision = isSame
        ? { outcome: 'same', entry, contactId: earlier.contactId }
        : isKnown
          ? { outcome: 'updated', entry, row: null, labelIds }
          : { outcome: 'created', entry, labelIds }
    } else {
      decision = await decideOne(ask, ownerId, { entry, labelIds }, known, touched)
    }
    if (decision.outcome === 'updated' && decision.row) {
      if (touched.has(decision.row.id) && canWait) break
      touched.add(decision.row.id)
    }
    decisions.push(decision)
    if (decision.outcome !== 'same') {
      seen.add(entry, decision.labelIds, decision.outcome === 'updated' ? idOf(decision.row) : null)
    }
  }
  return decisions
}

type Known = {
  byUid: Map<string, FoundRow>
  alike: Map<number, FoundRow[]>
  /** By the ids of contacts. */
  cards: Map<string, string>
}

async function findKnown(ask: Ask, ownerId: string, entries: readonly Labelled[]): Promise<Known> {
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
  return { byUid, alike, cards: await findCards(ask, ownerId, [...new Set(changed)]) }
}

function wantedOf({ entry }: Labelled): Wanted {
  const contact = contactOf(entry)
  return {
    number: entry.number,
    sort_key: sortKey(contact),
    email: contact.emails[0]?.value ?? null,
    phone: contact.phones[0]?.value ?? null,
  }
}

async function decideOne(
  ask: Ask,
  ownerId: string,
  { entry, labelIds }: Labelled,
  known: Known,
  touched: ReadonlySet<string>,
): Promise<Decision> {
  const { byUid, alike } = known
  const uid = uidOf(entry)
  const row = uid === null ? undefined : byUid.get(uidKey(uid))
  if (row) {
    const union = withLabels(row, labelIds)
    const isSame =
      union.length === row.label_ids.length &&
      (await saysNothingNew(ask, ownerId, entry, row, known))
    return isSame
      ? { outcome: 'same', entry, contactId: row.id }
      : { outcome: 'updated', entry, row, labelIds: union }
  }
  const twins = (alike.get(entry.number) ?? []).filter(
    (twin) =>
      !touched.has(twin.id) &&
      isDeepStrictEqual(wholeOf(twin), contactOf(entry)) &&
      (entry.kind === 'row' || twin.card_hash === null || twin.photo_hash === entry.photoHash),
  )
  let cardless: FoundRow | undefined
  for (const twin of twins.slice(0, maxCompared)) {
    const union = withLabels(twin, labelIds)
    const isEqual = entry.kind === 'row' || (await isCardOf(ask, ownerId, entry, twin, known))
    if (isEqual && union.length === twin.label_ids.length) {
      return { outcome: 'same', entry, contactId: twin.id }
    }
    if (isEqual) return { outcome: 'updated', entry, row: twin, labelIds: union }
    if (twin.card_hash === null) cardless ??= twin
  }
  // One that had no card yet gets this one.
  return cardless
    ? { outcome: 'updated', entry, row: cardless, labelIds: withLabels(cardless, labelIds) }
    : { outcome: 'created', entry, labelIds }
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

function idOf(row: FoundRow | null): string | null {
  return row?.id ?? null
}
