import { uidKey } from '../../book/uid.ts'
import { isDeepStrictEqual } from 'node:util'
import { fromColumns } from '../../contacts/store/columns.ts'
import type { Ask } from '../../db/ask.ts'
import { contactOf, uidOf, type ContactEntry } from '../file/entry.ts'
import type { FoundRow } from '../../contacts/store/find-by-uid.ts'
import { findKnownContacts, type ImportRun, type KnownContacts } from './known-contacts.ts'
import { maxLabelsOfContact } from '../../book/contact.ts'
import type { LabelledEntry } from './labelled-entries.ts'
import { isCardOf, isNoChange } from './is-no-change.ts'
import type { EarlierEntries } from './earlier-entries.ts'

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

// Each has to be fetched with its card.
const maxCompared = 5

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
  of: ImportRun,
  entries: readonly LabelledEntry[],
  seen: EarlierEntries,
  canWait: boolean,
): Promise<Decision[]> {
  const { ownerId, fingerprints } = of
  const known = await findKnownContacts(
    ask,
    of,
    entries.filter(({ entry }) => !fingerprints.has(entry.said.fingerprint)),
  )
  const touched = new Set<string>()
  const decisions: Decision[] = []
  for (const one of entries) {
    const { entry, labelIds } = one
    const decision =
      decideByFingerprint(entry, fingerprints) ??
      decideBySeen(one, seen, canWait) ??
      (await decideOne(ask, ownerId, one, known, touched))
    if (decision === 'wait') break
    if (decision.outcome === 'updated' && decision.row) {
      if (touched.has(decision.row.id) && canWait) break
      touched.add(decision.row.id)
    }
    decisions.push(decision)
    const isSame = decision.outcome === 'same'
    seen.add(entry, isSame ? labelIds : decision.labelIds, contactIdOf(decision))
  }
  return decisions
}

function decideByFingerprint(
  entry: ContactEntry,
  fingerprints: ImportRun['fingerprints'],
): Decision | undefined {
  const contactId = fingerprints.get(entry.said.fingerprint)
  return contactId === undefined ? undefined : { outcome: 'same', entry, contactId, twin: null }
}

function decideBySeen(
  { entry, labelIds }: LabelledEntry,
  seen: EarlierEntries,
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

async function decideOne(
  ask: Ask,
  ownerId: string,
  { entry, labelIds, groupLabelIds }: LabelledEntry,
  known: KnownContacts,
  touched: ReadonlySet<string>,
): Promise<Decision> {
  const { byUid, alike, spokenOf } = known
  const uid = uidOf(entry)
  const row = uid === null ? undefined : byUid.get(uidKey(uid))
  if (row) {
    const union = withLabels(row, labelIds)
    const isOld = await isNoChange(ask, ownerId, entry, row, known)
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
      isDeepStrictEqual(fromColumns(twin), contactOf(entry)) &&
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

/** An import gives labels and takes none away. */
function withLabels(row: FoundRow, labelIds: readonly string[]): string[] {
  return [...new Set([...row.label_ids, ...labelIds])].slice(
    0,
    Math.max(maxLabelsOfContact, row.label_ids.length),
  )
}

/** Of whom an entry is, where that is known already. */
export function contactIdOf(decision: Decision): string | null {
  if (decision.outcome === 'same') return decision.contactId
  return decision.outcome === 'updated' ? (decision.row?.id ?? null) : null
}
