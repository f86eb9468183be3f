import { randomUUIDv7 } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { withBirthdayAsDate } from '../../contacts/birthday-as-date.ts'
import { toStored, otherThan } from '../../contacts/to-stored.ts'
import { toColumns, fromColumns } from '../../contacts/store/columns.ts'
import { findWhole, labelNames } from '../../contacts/store/queries.ts'
import {
  insertContacts,
  updateContacts,
  type ChangedContent,
} from '../../contacts/store/write-many.ts'
import type { CardedRow } from '../../contacts/store/rows.ts'
import type { StoredContact } from '../../contacts/store/stored-contact.ts'
import type { Ask } from '../../db/ask.ts'
import { AppError } from '../../errors.ts'
import { withUid } from '../../vcard/with-uid.ts'
import type { ImportChange } from '../change-queries.ts'
import type { Decision } from '../match/decide.ts'
import type { Report } from '../entry-queries.ts'
import { contactOf, fingerprintOf, uidOf, type ContactEntry } from '../file/entry.ts'
import type { FoundRow } from '../../contacts/store/find-by-uid.ts'
import { mergeRow } from '../match/merge-row.ts'
import type { Counts } from '../queries.ts'
import { failedReport, missingLabels, reportDecision } from './reports.ts'
import { noCounts } from './run.ts'
import type { RecordedFingerprint } from '../match/fingerprints.ts'

type Newcomer = Extract<Decision, { outcome: 'created' }>

type Written = {
  counts: Counts
  changes: ImportChange[]
  reports: Report[]
  sources: RecordedFingerprint[]
}

/** Writes contacts as it was decided, and gathers what is to be noted of that. */
export async function writeDecisions(
  ask: Ask,
  ownerId: string,
  decisions: readonly Decision[],
  labels: ReadonlyMap<string, { id: string; name: string }>,
): Promise<Written> {
  const written: Written = { counts: noCounts(), changes: [], reports: [], sources: [] }
  const { counts, changes, reports, sources } = written
  const names = await namesOf(ask, ownerId, decisions, labels)
  const note = (decision: Decision, contactId: string | null, missing: readonly string[] = []) => {
    const { outcome, entry } = decision
    counts[outcome]++
    reports.push(...reportDecision(decision, contactId, missing))
    if (contactId === null) return
    sources.push({
      contactId,
      fingerprint: fingerprintOf(entry),
      isAll: outcome === 'updated' && decision.isOther,
    })
  }

  const created = decisions.filter((decision) => decision.outcome === 'created')
  // Sorted, so that contacts keep the order of the file.
  const ids = created.map(() => randomUUIDv7()).sort()
  const newcomers = created.map((decision, at) => {
    const id = ids[at] ?? ''
    return { id, content: newContent(decision, id, namesIn(decision.labelIds, names)) }
  })
  const revisions = await insertContacts(ask, ownerId, newcomers, 'import')
  for (const [at, decision] of created.entries()) {
    const id = ids[at] ?? ''
    const modseq = revisions.get(id) ?? 0
    changes.push({ contactId: id, isCreated: true, modseq, before: 0 })
    note(decision, id, missingLabels(decision.entry, labels, decision.labelIds))
  }

  const updates: ChangedContent[] = []
  const idsOfEntries = new Map(created.map(({ entry }, at) => [entry.number, ids[at]]))
  for (const decision of decisions) {
    if (decision.outcome === 'created') continue
    const { entry } = decision
    if (decision.outcome === 'same') {
      note(decision, decision.contactId ?? idsOfEntries.get(decision.twin ?? 0) ?? null)
      continue
    }
    const { row, labelIds } = decision
    if (!row) continue
    const next = await nextOf(ask, ownerId, row, entry, labelIds, namesIn(labelIds, names))
    if (typeof next === 'string') {
      counts.failed++
      reports.push(failedReport(entry, row.id, next))
      continue
    }
    if (next !== null) updates.push({ before: row, content: next })
    const outcome = next === null ? 'same' : 'updated'
    const missing = missingLabels(entry, labels, labelIds)
    note(
      outcome === 'same' ? { outcome, entry, contactId: row.id, twin: null } : decision,
      row.id,
      missing,
    )
  }
  const change = { actorId: ownerId, via: 'import', operation: 'imported' } as const
  const updated = await updateContacts(ask, ownerId, updates, change)
  for (const { before } of updates) {
    const modseq = updated.get(before.id) ?? 0
    changes.push({ contactId: before.id, isCreated: false, modseq, before: before.modseq })
  }
  return written
}

/** @returns null where nothing changes; why it cannot be, in a sentence */
async function nextOf(
  ask: Ask,
  ownerId: string,
  row: FoundRow,
  entry: ContactEntry,
  labelIds: string[],
  names: string[],
): Promise<StoredContact | null | string> {
  if (entry.kind === 'card') {
    return newContent({ entry, labelIds, isUidTaken: false }, row.id, names)
  }
  const before =
    row.card_hash === null
      ? { ...row, card: null, card_version: null }
      : await findWhole(ask, ownerId, row.id)
  if (!before) return null
  try {
    const contact = mergeRow(withBirthdayAsDate(fromColumns(before)), entry)
    const content = toStored({ contact, labelIds }, before, names)
    return isUnchanged(before, content) ? null : content
  } catch (error) {
    // A card may become too large.
    if (error instanceof AppError) return error.message
    throw error
  }
}

function isUnchanged(before: CardedRow, { columns, labelIds, card }: StoredContact): boolean {
  return (
    before.card === (card?.text ?? null) &&
    isDeepStrictEqual(before.label_ids, labelIds) &&
    isDeepStrictEqual(fromColumns(before), fromColumns(columns))
  )
}

/** A card stays as it came, to the octet, but for a UID that somebody else has. */
function newContent(
  { entry, labelIds, isUidTaken }: Pick<Newcomer, 'entry' | 'labelIds' | 'isUidTaken'>,
  id: string,
  names: readonly string[],
): StoredContact {
  const columns = toColumns(contactOf(entry), names)
  const uid = isUidTaken ? null : otherThan(id, uidOf(entry))
  if (entry.kind === 'row') return { columns, labelIds, uid, photoHash: null, card: null }
  const { read, photoHash } = entry
  const text = isUidTaken ? withUid(entry.text, id) : entry.text
  // One that says no version is read as the oldest.
  const card = { version: read.version ?? '2.1', text }
  return { columns, labelIds, uid, photoHash, card }
}

async function namesOf(
  ask: Ask,
  ownerId: string,
  decisions: readonly Decision[],
  labels: ReadonlyMap<string, { id: string; name: string }>,
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
