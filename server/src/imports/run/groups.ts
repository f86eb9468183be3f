import { categoryKey } from '../../book/label-name.ts'
import { findMembers } from '../../contacts/store/find-by-uid.ts'
import { inBook, type LockedBook } from '../../contacts/store/locked-book.ts'
import type { WholeRow } from '../../contacts/store/rows.ts'
import { useGenericPlans } from '../../db/generic-plans.ts'
import { saveGroup } from '../../labels/group-cards.ts'
import { labelMembers } from '../../labels/membership.ts'
import { propagateLabel, type Propagating } from '../../labels/propagate-label.ts'
import { findLabelsByKey, markForPropagation, updateLabel } from '../../labels/queries.ts'
import { recordChanges } from '../change-queries.ts'
import { findGroupEntry, finishGroupEntry } from '../entry-queries.ts'
import { importAuthor } from '../import-author.ts'
import { refusalOf } from '../remarks/refused.ts'
import type { Remark } from '../remarks/remark.ts'
import { planGroup, readGroup, type Group, type GroupPlan } from './group-plan.ts'
import {
  add,
  noProgress,
  outcomeOf,
  partsOf,
  remarksOn,
  type GroupProgress,
} from './group-result.ts'
import { findNewLabels, addProgress } from './run-queries.ts'
import { noCounts, requireRunning, type Run } from './run.ts'

/**
 * Labels the members of a file's groups, once the file's contacts are written.
 * Each step is a transaction, so that a crash between two of them only repeats the group.
 */
export async function spreadGroups(services: Propagating, run: Run, signal: AbortSignal) {
  const { database } = services
  const author = importAuthor(run.ownerId)
  for (;;) {
    const entry = await findGroupEntry(database.read, run)
    if (!entry) return
    const plan = await inBook(database, author, (book) => begin(book, run, readGroup(entry)))
    await propagateRename(services, run, plan, signal)
    const result = await spread(database, run, plan, signal)
    await inBook(database, author, (book) => finish(book, run, plan, result, entry.source))
  }
}

/** Renames the group's label where the group has got another name. */
async function begin(book: LockedBook, run: Run, group: Group): Promise<GroupPlan> {
  await requireRunning(book.ask, run)
  const plan = await planGroup(book.ask, run, group)
  if (plan.rename) {
    const { labelId: id, key, colour } = plan.rename
    await updateLabel(book, { id, name: plan.label, key, colour })
    await markForPropagation(book, id)
  }
  return plan
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

type SpreadResult = { progress: GroupProgress; failure: Remark | null }

async function spread(
  database: Propagating['database'],
  run: Run,
  plan: GroupPlan,
  signal: AbortSignal,
): Promise<SpreadResult> {
  let progress = noProgress
  try {
    for (const members of partsOf(plan.group.members)) {
      signal.throwIfAborted()
      const step = await inBook(database, importAuthor(run.ownerId), (book) =>
        spreadPart(book, run, plan, members),
      )
      progress = add(progress, step)
    }
    return { progress, failure: null }
  } catch (error) {
    const failure = refusalOf(error)
    if (failure) return { progress, failure }
    throw error
  }
}

async function spreadPart(
  book: LockedBook,
  run: Run,
  { label, newMembers }: GroupPlan,
  members: readonly string[],
): Promise<GroupProgress> {
  const { ask, ownerId } = book
  await useGenericPlans(ask)
  await requireRunning(ask, run)
  const found = await findMembers(ask, ownerId, members)
  const rows = [...found].flatMap(([member, row]) => (newMembers.has(member) ? [row] : []))
  const contacts = [...new Map(rows.map((row) => [row.id, row])).values()]
  const ids = contacts.map(({ id }) => id)
  const labelled = await labelMembers(book, label, ids)
  await recordGroupChanges(book, run, contacts)
  const labels = await findLabelsByKey(ask, ownerId, [categoryKey(label)])
  const labelIds = labels.map(({ id }) => id)
  const newLabelIds = await findNewLabels(ask, ownerId, labelIds)
  await addProgress(ask, run, { ...noCounts(), done: 0, newLabelIds })
  return { found: found.size, labelled, isNew: newLabelIds.length > 0 }
}

/** @param source the group's card, which is given back where it failed */
async function finish(
  book: LockedBook,
  run: Run,
  plan: GroupPlan,
  { progress, failure }: SpreadResult,
  source: string,
) {
  const { ask } = book
  const { group, label } = plan
  await requireRunning(ask, run)
  if (failure === null) await keepGroup(book, run, plan)
  const missing = group.members.length - progress.found
  const outcome = failure === null ? outcomeOf(plan, progress) : 'failed'
  await finishGroupEntry(ask, run, group.number, {
    outcome,
    remarks: failure ? [failure] : remarksOn(label, progress, missing, false),
    source: failure === null ? null : source,
  })
  await addProgress(ask, run, { ...noCounts(), [outcome]: 1, done: 0, newLabelIds: [] })
}

/** Keeps the card for exports, and for members that come later. */
async function keepGroup(book: LockedBook, run: Run, plan: GroupPlan) {
  const { group, bookId, isKnown, label, rename } = plan
  if (isKnown) return
  const [there] = await findLabelsByKey(book.ask, book.ownerId, [categoryKey(label)])
  if (!there) return
  const card = { ...group, bookId, labelId: there.id, renamedFrom: rename?.from ?? null }
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
