import { randomUUIDv7 } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { withBirthdayAsDate } from '../contacts/birthday-as-date.ts'
import { contentOf, otherThan } from '../contacts/content.ts'
import { project, wholeOf } from '../contacts/project.ts'
import { findWhole, labelNames } from '../contacts/queries.ts'
import { insertContacts, updateContacts, type ChangedContent } from '../contacts/save-batch.ts'
import type { CardedRow } from '../contacts/rows.ts'
import { lockOwner, type Content } from '../contacts/write-queries.ts'
import type { Ask } from '../db/ask.ts'
import { AppError } from '../errors.ts'
import { labelsFor } from '../labels/find-or-create.ts'
import { findGroupLabels, memberKey } from '../labels/group-cards.ts'
import { labelKey, labelName } from '../labels/name.ts'
import { findLabelsByKey } from '../labels/queries.ts'
import { withUid } from '../vcard/with-uid.ts'
import { decide, maxLabelsOfContact, type Decision, type Labelled } from './decide.ts'
import {
  contactOf,
  labelNamesOf,
  uidOf,
  type ContactEntry,
  type Entry,
  type FailedEntry,
  type GroupEntry,
} from './entry.ts'
import { planAnew, type FoundRow } from './find-contacts.ts'
import { mergeRow } from './merge-row.ts'
import { insertChanges, type Change } from './change-queries.ts'
import { insertReports, type Report } from './entry-queries.ts'
import { findNewLabels, lockRunning, noteProgress, type Counts } from './queries.ts'
import { failedReport, missingLabels, reportOf, told } from './reports.ts'
import { createSeen, type Seen } from './seen.ts'
import { findSources, rememberSources, type Source } from './sources.ts'

type Newcomer = Extract<Decision, { outcome: 'created' }>

/** An import that is being worked on, and how far it is. */
export type Run = { ownerId: string; importId: string; done: number }

/** Somebody else works on the import, or it was cancelled: there is nothing more to do. */
export class NotOurs extends Error {
  override name = 'NotOurs'
}

/**
 * Writes the next entries of a file, or as many of them as can be judged at once, with all that is
 * told of them and how far the import is: all together, in the transaction that `ask` stands in.
 * @returns how many entries were written, one at least
 * @throws {NotOurs}
 */
export async function writeBatch(ask: Ask, run: Run, entries: readonly Entry[]): Promise<number> {
  const { ownerId } = run
  await planAnew(ask)
  await lockOwner(ask, ownerId)
  await requireRunning(ask, run)
  const contacts = entries.filter(isContact)
  const sources = await findSources(ask, ownerId, contacts.map(fingerprintOf))
  const news = contacts.filter((entry) => !sources.has(fingerprintOf(entry)))
  const labels = await labelsFor(ask, ownerId, news.flatMap(labelNamesOf))
  const of = { ...run, sources }
  const given = await labelled(ask, ownerId, contacts, labels)
  const decisions = await decide(ask, of, given, createSeen(), true)
  const taken = takenOf(entries, decisions.length)
  const written = await write(ask, ownerId, decisions, labels)
  await rememberSources(
    ask,
    run,
    written.sources.filter((source) => !sources.has(source.fingerprint)),
  )
  await insertChanges(ask, run, written.changes)
  const reports = [...taken.flatMap((entry) => reportOf(entry) ?? []), ...written.reports]
  await insertReports(ask, run, reports)
  const failed = taken.filter(isFailed).length + written.counts.failed
  const labelIds = new Set([...labels.values()].map(({ id }) => id))
  await noteProgress(ask, run, {
    ...written.counts,
    failed,
    done: taken.length,
    newLabelIds: await findNewLabels(ask, ownerId, [...labelIds]),
  })
  return taken.length
}

/** The same for a preview: what would become of the entries is told, and nothing done. */
export async function previewBatch(
  ask: Ask,
  run: Run,
  entries: readonly Entry[],
  seen: Seen,
): Promise<number> {
  await planAnew(ask)
  await requireRunning(ask, run)
  const contacts = entries.filter(isContact)
  const labels = await foreseenLabels(ask, run.ownerId, contacts.flatMap(labelNamesOf))
  const sources = await findSources(ask, run.ownerId, contacts.map(fingerprintOf))
  const of = { ...run, sources }
  const given = await labelled(ask, run.ownerId, contacts, labels)
  const decisions = await decide(ask, of, given, seen, false)
  const counts = noCounts()
  const reports: Report[] = entries.flatMap((entry) => reportOf(entry) ?? [])
  for (const decision of decisions) {
    counts[decision.outcome]++
    reports.push(...told(decision, contactIdOf(decision), []))
  }
  counts.failed = entries.filter(isFailed).length
  await insertReports(ask, run, reports)
  await noteProgress(ask, run, { ...counts, done: entries.length, newLabelIds: [] })
  return entries.length
}

async function requireRunning(ask: Ask, run: Run) {
  const done = await lockRunning(ask, run)
  if (done !== run.done) throw new NotOurs()
}

async function labelled(
  ask: Ask,
  ownerId: string,
  contacts: readonly ContactEntry[],
  labels: ReadonlyMap<string, { id: string }>,
): Promise<Labelled[]> {
  const uids = contacts.flatMap((entry) => uidOf(entry) ?? [])
  const groups = await findGroupLabels(ask, ownerId, uids)
  return contacts.map((entry) => {
    const ids = labelNamesOf(entry).flatMap((name) => labels.get(name)?.id ?? [])
    const groupLabelIds = groups.get(memberKey(uidOf(entry) ?? '')) ?? []
    return { entry, labelIds: [...new Set(ids)].slice(0, maxLabelsOfContact), groupLabelIds }
  })
}

/** Entries up to the last contact that was decided, and what follows it but is no contact. */
function takenOf(entries: readonly Entry[], decided: number): Entry[] {
  let contacts = 0
  const end = entries.findIndex((entry) => isContact(entry) && ++contacts > decided)
  return end < 0 ? [...entries] : entries.slice(0, end)
}

type Written = { counts: Counts; changes: Change[]; reports: Report[]; sources: Source[] }

async function write(
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
    reports.push(...told(decision, contactId, missing))
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
): Promise<Content | null | string> {
  if (entry.kind === 'card') {
    return newContent({ entry, labelIds, isUidTaken: false }, row.id, names)
  }
  const before =
    row.card_hash === null
      ? { ...row, card: null, card_version: null }
      : await findWhole(ask, ownerId, row.id)
  if (!before) return null
  try {
    const contact = mergeRow(withBirthdayAsDate(wholeOf(before)), entry)
    const content = contentOf({ contact, labelIds }, before, names)
    return isUnchanged(before, content) ? null : content
  } catch (error) {
    // A card may become too large.
    if (error instanceof AppError) return error.message
    throw error
  }
}

function isUnchanged(before: CardedRow, { columns, labelIds, card }: Content): boolean {
  return (
    before.card === (card?.text ?? null) &&
    isDeepStrictEqual(before.label_ids, labelIds) &&
    isDeepStrictEqual(wholeOf(before), wholeOf(columns))
  )
}

/** A card stays as it came, to the octet, but for a UID that somebody else has. */
function newContent(
  { entry, labelIds, isUidTaken }: Pick<Newcomer, 'entry' | 'labelIds' | 'isUidTaken'>,
  id: string,
  names: readonly string[],
): Content {
  const columns = project(contactOf(entry), names)
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

/** In a preview no label is made: one that would be has a name instead of an id. */
async function foreseenLabels(
  ask: Ask,
  ownerId: string,
  given: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  const keys = new Map(
    given.flatMap((name): [string, string][] => {
      const clean = labelName(name)
      return clean === null ? [] : [[name, labelKey(clean)]]
    }),
  )
  if (keys.size === 0) return new Map()
  const found = await findLabelsByKey(ask, ownerId, [...new Set(keys.values())])
  const ids = new Map(found.map(({ key, id }) => [key, id]))
  return new Map([...keys].map(([name, key]) => [name, { id: ids.get(key) ?? `new ${key}`, name }]))
}

function fingerprintOf({ said }: ContactEntry): string {
  return said.fingerprint
}

function contactIdOf(decision: Decision): string | null {
  if (decision.outcome === 'same') return decision.contactId
  return decision.outcome === 'updated' ? (decision.row?.id ?? null) : null
}

function isContact(entry: Entry): entry is ContactEntry {
  return entry.kind === 'card' || entry.kind === 'row'
}

function isFailed(entry: Entry): entry is FailedEntry | GroupEntry {
  return entry.kind === 'failed'
}

function noCounts(): Counts {
  return { created: 0, updated: 0, same: 0, failed: 0 }
}
