import { categoryKey } from '../../book/label-name.ts'
import { findMembers } from '../../contacts/store/find-by-uid.ts'
import { inBook, type LockedBook } from '../../contacts/store/locked-book.ts'
import type { WholeRow } from '../../contacts/store/rows.ts'
import { useGenericPlans } from '../../db/generic-plans.ts'
import { tooManyLabels } from '../../labels/find-or-create.ts'
import { saveGroup } from '../../labels/group-cards.ts'
import { labelMembers } from '../../labels/membership.ts'
import { propagateLabel, type Propagating } from '../../labels/propagate-label.ts'
import { findLabelsByKey } from '../../labels/queries.ts'
import { recordChanges } from '../change-queries.ts'
import { findGroupEntry, finishGroupEntry } from '../entry-queries.ts'
import { importAuthor } from '../import-author.ts'
import { refusalOf } from '../remarks/refused.ts'
import type { Remark } from '../remarks/remark.ts'
import { beginGroup, isSuperseded, type BegunGroup } from './begin-group.ts'
import { readGroup, withFreeUid, type GroupPlan } from './group-plan.ts'
import {
  add,
  noProgress,
  outcomeOf,
  partsOf,
  remarksOn,
  type GroupProgress,
} from './group-result.ts'
import { addProgress } from './run-queries.ts'
import { noCounts, requireRunning, type Run } from './run.ts'

/**
 * Labels the members of a file's groups, once the file's contacts are written.
 * Each step is a transaction, so that a crash between two of them only repeats the group. Whoever writes the group between
 * two of them is newer than the file: the rest of its members is left out, and its card.
 */
export async function spreadGroups(services: Propagating, run: Run, signal: AbortSignal) {
  const { database } = services
  const author = importAuthor(run.ownerId)
  for (;;) {
    const entry = await findGroupEntry(database.read, run)
    if (!entry) return
    const group = readGroup(entry)
    const begun = await inBook(database, author, (book) => beginGroup(book, run, group))
    await propagateRename(services, run, begun.plan, signal)
    const result = await spread(database, run, begun, signal)
    await inBook(database, author, (book) => finish(book, run, begun, result, entry.source))
  }
}

/** Contacts get the label's new name as changes of the import, so that it can be undone. */
async function propagateRename(
  services: Propagating,
  run: Run,
  { label }: GroupPlan,
  signal: AbortSignal,
) {
  const { ownerId } = run
  const onBatch = (book: LockedBook, before: readonly WholeRow[]) =>
    recordGroupChanges(book, run, before)
  const key = categoryKey(label)
  for (const { id } of await findLabelsByKey(services.database.read, ownerId, [key])) {
    await propagateLabel(services, importAuthor(ownerId), id, { signal, onBatch })
  }
}

type SpreadResult = {
  progress: GroupProgress
  failure: Remark | null
  /** Whether it left off because others have written the group. */
  isSuperseded: boolean
}

async function spread(
  database: Propagating['database'],
  run: Run,
  begun: BegunGroup,
  signal: AbortSignal,
): Promise<SpreadResult> {
  let progress = noProgress
  const { plan, labelId } = begun
  try {
    if (labelId === null) throw tooManyLabels()
    for (const members of partsOf(plan.group.members)) {
      signal.throwIfAborted()
      const step = await inBook(database, importAuthor(run.ownerId), (book) =>
        spreadPart(book, run, { ...begun, labelId }, members),
      )
      if (step === null) return { progress, failure: null, isSuperseded: true }
      progress = add(progress, step)
    }
    return { progress, failure: null, isSuperseded: false }
  } catch (error) {
    const failure = refusalOf(error)
    if (failure) return { progress, failure, isSuperseded: false }
    throw error
  }
}

/** @returns null where others have written the group */
async function spreadPart(
  book: LockedBook,
  run: Run,
  begun: BegunGroup & { labelId: string },
  members: readonly string[],
): Promise<GroupProgress | null> {
  const { ask, ownerId } = book
  await useGenericPlans(ask)
  await requireRunning(ask, run)
  if (await isSuperseded(book, begun)) return null
  const { newMembers } = begun.plan
  const found = await findMembers(ask, ownerId, members)
  const rows = [...found].flatMap(([member, row]) => (newMembers.has(member) ? [row] : []))
  const contacts = [...new Map(rows.map((row) => [row.id, row])).values()]
  const ids = contacts.map(({ id }) => id)
  const labelled = await labelMembers(book, begun.labelId, ids)
  await recordGroupChanges(book, run, contacts)
  return { found: found.size, labelled }
}

/** @param source the group's card, which is given back where it failed */
async function finish(
  book: LockedBook,
  run: Run,
  begun: BegunGroup,
  { progress, failure, isSuperseded: isLeft }: SpreadResult,
  source: string,
) {
  const { ask } = book
  const { plan } = begun
  const { group, label } = plan
  await requireRunning(ask, run)
  const isNewer = isLeft || (await isSuperseded(book, begun))
  if (failure === null && !isNewer) await keepGroup(book, run, begun)
  const missing = group.members.length - progress.found
  const outcome = failure === null ? outcomeOf(plan, progress) : 'failed'
  await finishGroupEntry(ask, run, group.number, {
    outcome,
    remarks: failure ? [failure] : isNewer ? [] : remarksOn(label, progress, missing, false),
    source: failure === null ? null : source,
  })
  await addProgress(ask, run, { ...noCounts(), [outcome]: 1, done: 0, newLabelIds: [] })
}

/** Keeps the card for exports, and for members that come later. */
async function keepGroup(book: LockedBook, run: Run, { plan, labelId, before }: BegunGroup) {
  const { bookId, isKnown, rename } = plan
  if (isKnown || labelId === null) return
  // A contact may have got its UID since it was planned, but for that of a group that was there.
  const isNew = before?.change === null
  const group = isNew ? await withFreeUid(book.ask, book.ownerId, plan) : plan.group
  const card = { ...group, bookId, labelId, renamedFrom: rename?.from ?? null }
  await saveGroup(book, run.importId, card, group.members)
}

async function recordGroupChanges(
  { ask, ownerId }: LockedBook,
  run: Run,
  before: readonly WholeRow[],
) {
  const modseqs = new Map(before.map(({ id, modseq }) => [id, modseq]))
  const rows = await ask<{ id: string; modseq: number }>(
    'select id, modseq from contacts where owner_id = $1 and id = any ($2::uuid[])',
    [ownerId, [...modseqs.keys()]],
  )
  const changes = rows.flatMap(({ id, modseq }) => {
    const earlier = modseqs.get(id) ?? 0
    return modseq === earlier ? [] : [{ contactId: id, isCreated: false, modseq, before: earlier }]
  })
  await recordChanges(ask, run, changes)
}
