import { findMembers } from '../../contacts/store/find-by-uid.ts'
import type { Ask } from '../../db/ask.ts'
import type { OpenDatabase } from '../../db/database.ts'
import { useGenericPlans } from '../../db/generic-plans.ts'
import { findGroupEntry, finishGroupEntry } from '../entry-queries.ts'
import { planGroup, readGroup, type Group, type GroupPlan } from './group-plan.ts'
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

/** Reports what would become of the groups of a file, and writes nothing else. */
export async function previewGroups(
  database: Pick<OpenDatabase, 'read' | 'transaction'>,
  run: Run,
  signal: AbortSignal,
) {
  for (;;) {
    const entry = await findGroupEntry(database.read, run)
    if (!entry) return
    await database.transaction((ask) => previewGroup(ask, run, readGroup(entry), signal))
  }
}

async function previewGroup(ask: Ask, run: Run, group: Group, signal: AbortSignal) {
  await useGenericPlans(ask)
  await requireRunning(ask, run)
  const plan = await planGroup(ask, run, group)
  let progress = noProgress
  for (const members of partsOf(plan.group.members)) {
    signal.throwIfAborted()
    progress = add(progress, await previewPart(ask, run, plan, members))
  }
  const outcome = outcomeOf(plan, progress)
  const missing = group.members.length - progress.found
  const remarks = remarksOn(labelNow(plan), progress, missing, true)
  await finishGroupEntry(ask, run, group.number, { outcome, remarks, source: null })
  await addProgress(ask, run, { ...noCounts(), [outcome]: 1, done: 0, newLabelIds: [] })
}

async function previewPart(
  ask: Ask,
  { ownerId }: Run,
  { labelId, newMembers }: GroupPlan,
  members: readonly string[],
): Promise<GroupProgress> {
  const found = await findMembers(ask, ownerId, members)
  const contacts = new Map(
    [...found].flatMap(([member, row]) => (newMembers.has(member) ? [[row.id, row]] : [])),
  )
  const unlabelled = [...contacts.values()].filter(
    ({ label_ids: ids }) => labelId === null || !ids.includes(labelId),
  )
  return { found: found.size, labelled: unlabelled.length }
}

/** A preview renames nothing. */
function labelNow({ label, rename }: GroupPlan): string {
  return rename?.from ?? label
}
