import { randomUUIDv7 } from 'node:crypto'
import { withBirthdayAsDate } from '../../contacts/birthday-as-date.ts'
import { storedAsCame } from '../../contacts/incoming-card.ts'
import { isUnchanged } from '../../contacts/is-unchanged.ts'
import { fromColumns, toColumns } from '../../contacts/store/columns.ts'
import type { FoundRow } from '../../contacts/store/find-by-uid.ts'
import type { LockedBook } from '../../contacts/store/locked-book.ts'
import { labelNames } from '../../contacts/store/queries.ts'
import type { CardedRow } from '../../contacts/store/rows.ts'
import type { StoredContact } from '../../contacts/store/stored-contact.ts'
import {
  insertContacts,
  updateContacts,
  type Addition,
  type Update,
} from '../../contacts/store/write-many.ts'
import { cardChange } from '../../contacts/store/write-one.ts'
import { storedUid, toStored } from '../../contacts/to-stored.ts'
import { findLabelsOfGroups } from '../../labels/group-files.ts'
import { withUid } from '../../vcard/with-uid.ts'
import type { ImportChange } from '../change-queries.ts'
import type { Report } from '../entry-queries.ts'
import { fingerprintOf, uidOf, type ContactEntry, type RowEntry } from '../file/entry.ts'
import type { Counts } from '../import-row.ts'
import type { Decision } from '../match/decide.ts'
import type { RecordedFingerprint } from '../match/fingerprints.ts'
import { mergeRow } from '../match/merge-row.ts'
import { refusalOf } from '../remarks/refused.ts'
import type { Remark } from '../remarks/remark.ts'
import { withCard, withReplacedCard } from './replaced-card.ts'
import { failedReport, missingLabels, reportsOf } from './reports.ts'
import { noCounts } from './run.ts'

/** What the writing of decisions leaves to be recorded. */
export type Written = {
  counts: Counts
  changes: ImportChange[]
  reports: Report[]
  fingerprints: RecordedFingerprint[]
}

type Labels = ReadonlyMap<string, { id: string; name: string }>
type Created = Extract<Decision, { outcome: 'created' }>

/**
 * Writes contacts as it was decided: first all new ones, then the changed ones.
 * @param labels by the names that entries give them
 */
export async function writeDecisions(
  book: LockedBook,
  decisions: readonly Decision[],
  labels: Labels,
): Promise<Written> {
  const written: Written = { counts: noCounts(), changes: [], reports: [], fingerprints: [] }
  const names = await namesOf(book, decisions, labels)
  const idsByEntry = await writeCreated(book, decisions.filter(isCreated), names, labels, written)
  const updates: Update[] = []
  const ofGroups = await findLabelsOfGroups(book.ask, book.ownerId, labelsBefore(decisions))
  for (const decision of decisions) {
    if (decision.outcome === 'created') continue
    if (decision.outcome === 'same') {
      record(
        written,
        decision,
        decision.contactId ?? idsByEntry.get(decision.sameAsEntry ?? 0) ?? null,
      )
    } else if (decision.row) {
      const { entry, row, labelIds } = decision
      const result = await updateOf(book, row, entry, labelIds, { names, ofGroups })
      if ('failed' in result) {
        written.counts.failed++
        written.reports.push(failedReport(entry, row.id, result.failed))
        continue
      }
      if (result.update) updates.push(result.update)
      const outcome: Decision = result.update
        ? decision
        : { outcome: 'same', entry, contactId: row.id, sameAsEntry: null }
      record(written, outcome, row.id, missingLabels(entry, labels, labelIds))
    }
  }
  const revised = await updateContacts(book, updates, 'imported')
  for (const { before } of updates) {
    const modseq = revised.get(before.id)?.modseq ?? 0
    written.changes.push({
      contactId: before.id,
      isCreated: false,
      modseq,
      before: before.modseq,
    })
  }
  return written
}

/** @returns the ids of the new contacts, by the numbers of their entries */
async function writeCreated(
  book: LockedBook,
  created: readonly Created[],
  names: ReadonlyMap<string, string>,
  labels: Labels,
  written: Written,
): Promise<Map<number, string>> {
  // Sorted, so that contacts keep the order of the file.
  const ids = created.map(() => randomUUIDv7()).sort()
  const additions = created.map((decision, at) => {
    const id = ids[at] ?? ''
    const contact = newContact(decision, id, namesIn(decision.labelIds, names))
    return { id, contact, ...pastOf(decision.entry) }
  })
  const revised = await insertContacts(book, additions)
  for (const [at, decision] of created.entries()) {
    const id = ids[at] ?? ''
    const modseq = revised.get(id)?.modseq ?? 0
    // By its number, a contact of an archive gets its history.
    const { number, archived } = decision.entry
    const change = { contactId: id, isCreated: true, modseq, before: 0 }
    written.changes.push(archived ? { ...change, number } : change)
    record(written, decision, id, missingLabels(decision.entry, labels, decision.labelIds))
  }
  return new Map(created.map(({ entry }, at) => [entry.number, ids[at] ?? '']))
}

/** What an archive says of a contact's past. */
function pastOf({ archived }: ContactEntry): Pick<Addition, 'times' | 'revisions'> {
  if (!archived) return {}
  const { createdAt, updatedAt, deletedAt, revisions } = archived
  return { times: { createdAt, updatedAt: updatedAt ?? createdAt, deletedAt }, revisions }
}

/** @param missing names of labels that the contact could not get */
function record(
  { counts, reports, fingerprints }: Written,
  decision: Decision,
  contactId: string | null,
  missing: readonly string[] = [],
): void {
  const { outcome, entry } = decision
  counts[outcome]++
  reports.push(...reportsOf(decision, contactId, missing))
  if (contactId === null) return
  const isAll = outcome === 'updated' && decision.isContentNew
  fingerprints.push({ contactId, fingerprint: fingerprintOf(entry), isOnly: isAll })
}

/** The update that an entry makes, null where it changes nothing, or why it cannot be made. */
type UpdateResult = { update: Update | null } | { failed: Remark }

/** The labels of a batch: their names by their ids, and which of them groups have. */
type KnownLabels = { names: ReadonlyMap<string, string>; ofGroups: ReadonlySet<string> }

async function updateOf(
  book: LockedBook,
  row: FoundRow,
  entry: ContactEntry,
  labelIds: string[],
  { names: allNames, ofGroups }: KnownLabels,
): Promise<UpdateResult> {
  const names = namesIn(labelIds, allNames)
  if (entry.kind === 'card') {
    const asCame = newContact({ entry, labelIds, uidHolder: null }, row.id, names)
    const contact = await withReplacedCard(book, row, entry, asCame, allNames, ofGroups)
    return { update: { before: row, contact, card: 'write' } }
  }
  const before = await withCard(book, row)
  return before ? mergedUpdate(before, entry, labelIds, names) : { update: null }
}

function mergedUpdate(
  before: CardedRow,
  entry: RowEntry,
  labelIds: string[],
  names: string[],
): UpdateResult {
  try {
    const merged = mergeRow(withBirthdayAsDate(fromColumns(before)), entry)
    const contact = toStored({ contact: merged, labelIds }, before, names)
    if (isUnchanged(before, contact)) return { update: null }
    return { update: { before, contact, card: cardChange(before.card, contact.card) } }
  } catch (error) {
    // A card may become too large.
    const failed = refusalOf(error)
    if (failed) return { failed }
    throw error
  }
}

/** A card is stored as it came, to the octet, except for a UID that is taken. */
function newContact(
  { entry, labelIds, uidHolder }: Pick<Created, 'entry' | 'labelIds' | 'uidHolder'>,
  id: string,
  names: readonly string[],
): StoredContact {
  const uid = uidHolder ? null : uidOf(entry)
  if (entry.kind === 'row') {
    const { contact } = entry
    const custom_fields = [...contact.custom_fields, ...entry.beyond]
    const columns = toColumns({ ...contact, custom_fields }, names)
    return { columns, labelIds, uid: storedUid(id, uid), photoHash: null, card: null }
  }
  const { read, photoHash } = entry
  const { version, contact, sortAs } = read
  const text = uidHolder ? withUid(entry.text, id) : entry.text
  const card = { text, version, uid, contact, sortAs, photoHash }
  return storedAsCame(card, id, { ids: labelIds, names })
}

async function namesOf(
  { ask, ownerId }: LockedBook,
  decisions: readonly Decision[],
  labels: Labels,
): Promise<Map<string, string>> {
  const names = new Map([...labels.values()].map(({ id, name }) => [id, name]))
  const others = decisions.flatMap((decision) =>
    decision.outcome === 'same' ? [] : decision.labelIds.filter((id) => !names.has(id)),
  )
  for (const [id, name] of await labelNames(ask, ownerId, [...new Set(others)])) names.set(id, name)
  return names
}

function namesIn(ids: readonly string[], names: ReadonlyMap<string, string>): string[] {
  return ids.flatMap((id) => names.get(id) ?? [])
}

/** Those that contacts have whose cards are replaced. */
function labelsBefore(decisions: readonly Decision[]): string[] {
  const rows = decisions.flatMap((decision) =>
    decision.outcome === 'updated' && decision.entry.kind === 'card' ? (decision.row ?? []) : [],
  )
  return [...new Set(rows.flatMap(({ label_ids: ids }) => ids))]
}

function isCreated(decision: Decision): decision is Created {
  return decision.outcome === 'created'
}
