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
import { labelKey, labelName } from '../labels/name.ts'
import { findLabelsByKey } from '../labels/queries.ts'
import { decide, maxLabelsOfContact, type Decision, type Labelled } from './decide.ts'
import {
  contactOf,
  labelNamesOf,
  type ContactEntry,
  type Entry,
  type FailedEntry,
  type GroupEntry,
} from './entry.ts'
import { planAnew, type FoundRow } from './find-contacts.ts'
import { mergeRow } from './merge-row.ts'
import {
  findNewLabels,
  insertChanges,
  insertReports,
  lockRunning,
  noteProgress,
  type Change,
  type Counts,
  type Report,
} from './queries.ts'
import { createSeen, type Seen } from './seen.ts'

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
  const labels = await labelsFor(ask, ownerId, contacts.flatMap(labelNamesOf))
  const decisions = await decide(ask, ownerId, labelled(contacts, labels), createSeen(), true)
  const taken = takenOf(entries, decisions.length)
  const written = await write(ask, ownerId, decisions, labels)
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
  const decisions = await decide(ask, run.ownerId, labelled(contacts, labels), seen, false)
  const counts = noCounts()
  const reports: Report[] = entries.flatMap((entry) => reportOf(entry) ?? [])
  for (const { outcome, entry, ...more } of decisions) {
    counts[outcome]++
    const contactId = 'contactId' in more ? more.contactId : 'row' in more ? more.row?.id : null
    reports.push(...told(entry, outcome, contactId ?? null, []))
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

function labelled(
  contacts: readonly ContactEntry[],
  labels: ReadonlyMap<string, { id: string }>,
): Labelled[] {
  return contacts.map((entry) => {
    const ids = labelNamesOf(entry).flatMap((name) => labels.get(name)?.id ?? [])
    return { entry, labelIds: [...new Set(ids)].slice(0, maxLabelsOfContact) }
  })
}

/** Entries up to the last contact that was decided, and what follows it but is no contact. */
function takenOf(entries: readonly Entry[], decided: number): Entry[] {
  let contacts = 0
  const end = entries.findIndex((entry) => isContact(entry) && ++contacts > decided)
  return end < 0 ? [...entries] : entries.slice(0, end)
}

type Written = { counts: Counts; changes: Change[]; reports: Report[] }

async function write(
  ask: Ask,
  ownerId: string,
  decisions: readonly Decision[],
  labels: ReadonlyMap<string, { id: string; name: string }>,
): Promise<Written> {
  const counts = noCounts()
  const changes: Change[] = []
  const reports: Report[] = []
  const names = await namesOf(ask, ownerId, decisions, labels)
  const count = (
    outcome: 'created' | 'updated' | 'same',
    entry: ContactEntry,
    contactId: string | null,
    labelIds: readonly string[],
  ) => {
    counts[outcome]++
    const missing = missingLabels(entry, labels, labelIds)
    reports.push(...told(entry, outcome, contactId, missing))
  }

  const created = decisions.filter((decision) => decision.outcome === 'created')
  // Sorted, so that contacts keep the order of the file.
  const ids = created.map(() => randomUUIDv7()).sort()
  const newcomers = created.map(({ entry, labelIds }, at) => {
    const id = ids[at] ?? ''
    return { id, content: newContent(entry, id, labelIds, namesIn(labelIds, names)) }
  })
  const revisions = await insertContacts(ask, ownerId, newcomers, 'import')
  for (const [at, { entry, labelIds }] of created.entries()) {
    const id = ids[at] ?? ''
    const modseq = revisions.get(id) ?? 0
    changes.push({ contactId: id, isCreated: true, modseq, before: 0 })
    count('created', entry, id, labelIds)
  }

  const updates: ChangedContent[] = []
  const idsOfEntries = new Map(created.map(({ entry }, at) => [entry.number, ids[at]]))
  for (const decision of decisions) {
    if (decision.outcome === 'created') continue
    const { entry } = decision
    if (decision.outcome === 'same') {
      const contactId = decision.contactId ?? twinOf(entry, created, idsOfEntries)
      count('same', entry, contactId, [])
      continue
    }
    const { row, labelIds } = decision
    if (!row) continue
    const next = await nextOf(ask, ownerId, row, entry, labelIds, namesIn(labelIds, names))
    if (typeof next === 'string') {
      counts.failed++
      const { number, name } = entry
      const source = sourceOf(entry)
      reports.push({ number, outcome: 'failed', contactId: row.id, name, reason: next, source })
    } else if (next === null) {
      count('same', entry, row.id, labelIds)
    } else {
      updates.push({ before: row, content: next })
      count('updated', entry, row.id, labelIds)
    }
  }
  const change = { actorId: ownerId, via: 'import', operation: 'imported' } as const
  const updated = await updateContacts(ask, ownerId, updates, change)
  for (const { before } of updates) {
    const modseq = updated.get(before.id) ?? 0
    changes.push({ contactId: before.id, isCreated: false, modseq, before: before.modseq })
  }
  return { counts, changes, reports }
}

/** An entry that is the same as one before it in this batch. */
function twinOf(
  entry: ContactEntry,
  created: readonly { entry: ContactEntry }[],
  ids: ReadonlyMap<number, string | undefined>,
): string | null {
  const twin = created.find(
    (one) =>
      one.entry.number < entry.number && isDeepStrictEqual(contactOf(one.entry), contactOf(entry)),
  )
  return (twin && ids.get(twin.entry.number)) ?? null
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
  if (entry.kind === 'card') return newContent(entry, row.id, labelIds, names)
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

/** A card stays as it came, to the octet. */
function newContent(
  entry: ContactEntry,
  id: string,
  labelIds: string[],
  names: readonly string[],
): Content {
  const columns = project(contactOf(entry), names)
  if (entry.kind === 'row') {
    return { columns, labelIds, uid: otherThan(id, entry.uid), photoHash: null, card: null }
  }
  const { read, text, photoHash } = entry
  // One that says no version is read as the oldest.
  const card = { version: read.version ?? '2.1', text }
  return { columns, labelIds, uid: otherThan(id, read.uid), photoHash, card }
}

async function namesOf(
  ask: Ask,
  ownerId: string,
  decisions: readonly Decision[],
  labels: ReadonlyMap<string, { id: string; name: string }>,
): Promise<Map<string, string>> {
  const names = new Map([...labels.values()].map(({ id, name }) => [id, name]))
  const others = decisions.flatMap((decision) =>
    decision.outcome === 'updated' ? decision.labelIds.filter((id) => !names.has(id)) : [],
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

function missingLabels(
  entry: ContactEntry,
  labels: ReadonlyMap<string, { id: string }>,
  labelIds: readonly string[],
): string[] {
  const given = new Set(labelIds)
  return labelNamesOf(entry).filter((name) => {
    const label = labels.get(name)
    return labelName(name) !== null && !(label && (given.size === 0 || given.has(label.id)))
  })
}

function told(
  entry: ContactEntry,
  outcome: 'created' | 'updated' | 'same',
  contactId: string | null,
  missing: readonly string[],
): Report[] {
  const remarks = [
    ...(entry.kind === 'card' && entry.remark ? [entry.remark] : []),
    ...(missing.length > 0
      ? [`There are too many labels: it did not get ${missing.slice(0, 10).join(', ')}.`]
      : []),
  ]
  const reason = remarks.join(' ') || null
  if (outcome === 'created' && reason === null) return []
  const { number, name } = entry
  return [{ number, outcome, contactId, name, reason, source: null }]
}

function reportOf(entry: Entry): Report | null {
  if (isContact(entry)) return null
  const { number, name } = entry
  const told = { number, contactId: null, name }
  return entry.kind === 'failed'
    ? { ...told, outcome: 'failed', reason: entry.reason, source: JSON.stringify(entry.source) }
    : { ...told, outcome: 'group', reason: null, source: JSON.stringify(entry.text) }
}

function sourceOf(entry: ContactEntry): string {
  return JSON.stringify(entry.kind === 'card' ? entry.text : entry.source)
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
