import { isDeepStrictEqual } from 'node:util'
import { maxLabelsOfContact } from '../../book/contact.ts'
import { uidKey } from '../../book/uid.ts'
import { fromColumns } from '../../contacts/store/columns.ts'
import type { FoundRow } from '../../contacts/store/find-by-uid.ts'
import type { Ask } from '../../db/ask.ts'
import { contactOf, fingerprintOf, isTrashed, uidOf, type ContactEntry } from '../file/entry.ts'
import type { EarlierEntries } from './earlier-entries.ts'
import { findTrashed } from './find-trashed.ts'
import { isSameCardAs, isNoChange } from './is-no-change.ts'
import { findKnownContacts, type ImportRun, type KnownContacts } from './known-contacts.ts'
import type { LabelledEntry } from './labelled-entries.ts'

/** What becomes of an entry. `labelIds` are the contact's labels afterwards. */
export type Decision =
  | {
      outcome: 'created'
      entry: ContactEntry
      labelIds: string[]
      /** What has its UID, an earlier entry of the file or a group: the contact gets another one. */
      uidHolder: 'entry' | 'group' | null
    }
  | {
      outcome: 'updated'
      entry: ContactEntry
      /** null in a preview, where an earlier entry would have created the contact. */
      row: FoundRow | null
      labelIds: string[]
      /** Whether the entry says something new; otherwise it only brings labels, or the first card. */
      isContentNew: boolean
    }
  | {
      outcome: 'same'
      entry: ContactEntry
      contactId: string | null
      /** The number of the earlier entry of the file that said the same. */
      sameAsEntry: number | null
    }

// Each comparison may fetch a card.
const maxCompared = 5

/**
 * Decides in their order what becomes of entries: which contact each belongs to, by the fingerprints
 * of earlier imports, by its UID, and else by its content, and whether it would change anything.
 * Cards are equal when all of their lines are. An entry with an unknown UID only matches a contact
 * that has neither a card nor another UID, and that no earlier entry has matched, so that two people
 * who look alike stay two; so do two people to whom a file gives the same UID, and a person and a group. A contact in the trash of
 * an archive goes to the trash, unless an earlier import has brought it.
 * @param earlier the entries before these, as far as the database does not know them yet; those that
 *   are decided are added
 * @param canWait whether an entry may wait until those before it are written: the decisions then end
 *   before the first entry that depends on them
 */
export async function decide(
  ask: Ask,
  run: ImportRun,
  entries: readonly LabelledEntry[],
  earlier: EarlierEntries,
  canWait: boolean,
): Promise<Decision[]> {
  const { ownerId, fingerprints } = run
  const trashed = await findTrashed(
    ask,
    ownerId,
    entries.map(({ entry }) => entry),
  )
  const unknown = entries.filter(
    ({ entry }) => !isTrashed(entry) && !fingerprints.has(fingerprintOf(entry)),
  )
  const known = await findKnownContacts(ask, run, unknown)
  const updatedIds = new Set<string>()
  const decisions: Decision[] = []
  for (const labelled of entries) {
    const { entry, labelIds } = labelled
    if (isTrashed(entry)) {
      decisions.push(decideTrashed(labelled, trashed))
      continue
    }
    const decision =
      decideByFingerprint(entry, fingerprints) ??
      decideByEarlier(labelled, earlier, canWait) ??
      (await decideByContacts(ask, ownerId, labelled, known, {
        isTaken: (id) => updatedIds.has(id),
        isMatched: (id) => known.matchedBefore.has(id) || earlier.hasMatched(id),
      }))
    if (decision === 'wait') break
    if (decision.outcome === 'updated' && decision.row) {
      if (updatedIds.has(decision.row.id) && canWait) break
      updatedIds.add(decision.row.id)
    }
    decisions.push(decision)
    const given = decision.outcome === 'same' ? labelIds : decision.labelIds
    earlier.add(entry, given, contactIdOf(decision))
  }
  return decisions
}

/** The contact of a decision, as far as it is known before anything is written. */
export function contactIdOf(decision: Decision): string | null {
  if (decision.outcome === 'same') return decision.contactId
  return decision.outcome === 'updated' ? (decision.row?.id ?? null) : null
}

function decideTrashed(
  { entry, labelIds }: LabelledEntry,
  trashed: ReadonlyMap<number, string>,
): Decision {
  const contactId = trashed.get(entry.number)
  if (contactId !== undefined) return unchanged(entry, contactId)
  return { outcome: 'created', entry, labelIds, uidHolder: null }
}

/** An entry that an import has brought before changes nothing. */
function decideByFingerprint(
  entry: ContactEntry,
  fingerprints: ImportRun['fingerprints'],
): Decision | undefined {
  const contactId = fingerprints.get(fingerprintOf(entry))
  return contactId === undefined ? undefined : unchanged(entry, contactId)
}

function decideByEarlier(
  { entry, labelIds }: LabelledEntry,
  earlier: EarlierEntries,
  canWait: boolean,
): Decision | 'wait' | undefined {
  const same = earlier.find(entry)
  if (same && labelIds.every((id) => same.labelIds.has(id))) {
    return { outcome: 'same', entry, contactId: same.contactId, sameAsEntry: same.number }
  }
  const isUidTaken = earlier.hasSameUid(entry)
  if (canWait && (same || isUidTaken)) return 'wait'
  if (same) return { outcome: 'updated', entry, row: null, labelIds, isContentNew: false }
  return isUidTaken ? { outcome: 'created', entry, labelIds, uidHolder: 'entry' } : undefined
}

/** What the entries before have done with a contact. */
type Earlier = {
  /** Whether one of them changes it. */
  isTaken: (contactId: string) => boolean
  /** Whether one of them is of it. */
  isMatched: (contactId: string) => boolean
}

async function decideByContacts(
  ask: Ask,
  ownerId: string,
  labelled: LabelledEntry,
  known: KnownContacts,
  earlier: Earlier,
): Promise<Decision> {
  const { entry, labelIds } = labelled
  const uid = uidOf(entry)
  const key = uid === null ? null : uidKey(uid)
  const row = key === null ? undefined : known.byUid.get(key)
  if (row) return decideByUid(ask, ownerId, labelled, row, known)
  return key !== null && known.uidsOfGroups.has(key)
    ? { outcome: 'created', entry, labelIds, uidHolder: 'group' }
    : decideByContent(ask, ownerId, labelled, known, earlier)
}

async function decideByUid(
  ask: Ask,
  ownerId: string,
  { entry, labelIds }: LabelledEntry,
  row: FoundRow,
  known: KnownContacts,
): Promise<Decision> {
  const allIds = withLabels(row, labelIds)
  const isContentNew = !(await isNoChange(ask, ownerId, entry, row, known))
  if (!isContentNew && allIds.length === row.label_ids.length) return unchanged(entry, row.id)
  return isContentNew && known.matchedBefore.has(row.id)
    ? { outcome: 'created', entry, labelIds, uidHolder: 'entry' }
    : { outcome: 'updated', entry, row, labelIds: allIds, isContentNew }
}

async function decideByContent(
  ask: Ask,
  ownerId: string,
  { entry, labelIds, groupLabelIds }: LabelledEntry,
  known: KnownContacts,
  { isTaken, isMatched }: Earlier,
): Promise<Decision> {
  const hasUid = uidOf(entry) !== null
  // A group gives its label to members that come later; an old member may have lost it on purpose.
  const allIds = [...new Set([...labelIds, ...groupLabelIds])].slice(0, maxLabelsOfContact)
  const candidates = (known.lookAlikes.get(entry.number) ?? []).filter(
    (row) => !isTaken(row.id) && !(hasUid && isMatched(row.id)) && isSamePerson(row, entry),
  )
  let cardless: FoundRow | undefined
  for (const row of candidates.slice(0, maxCompared)) {
    const union = withLabels(row, allIds)
    const isSame = entry.kind === 'row' || (await isSameCardAs(ask, ownerId, entry, row, known))
    if (isSame && union.length === row.label_ids.length) return unchanged(entry, row.id)
    if (isSame) return { outcome: 'updated', entry, row, labelIds: union, isContentNew: false }
    if (row.card_hash === null) cardless ??= row
  }
  if (!cardless) return { outcome: 'created', entry, labelIds: allIds, uidHolder: null }
  // A contact without a card gets this one as its first.
  const union = withLabels(cardless, allIds)
  return { outcome: 'updated', entry, row: cardless, labelIds: union, isContentNew: false }
}

function isSamePerson(row: FoundRow, entry: ContactEntry): boolean {
  return (
    isDeepStrictEqual(fromColumns(row), contactOf(entry)) &&
    (entry.kind === 'row' || row.card_hash === null || row.photo_hash === entry.photoHash)
  )
}

function unchanged(entry: ContactEntry, contactId: string): Decision {
  return { outcome: 'same', entry, contactId, sameAsEntry: null }
}

/** An import gives labels and takes none away. */
function withLabels(row: FoundRow, labelIds: readonly string[]): string[] {
  return [...new Set([...row.label_ids, ...labelIds])].slice(
    0,
    Math.max(maxLabelsOfContact, row.label_ids.length),
  )
}
