import type { LockedBook } from '../../contacts/store/locked-book.ts'
import { findOrCreateLabels } from '../../labels/find-or-create.ts'
import { findGroupState, type GroupState } from '../../labels/group-changes.ts'
import { markForPropagation, updateLabel } from '../../labels/queries.ts'
import { planGroup, type Group, type GroupPlan } from './group-plan.ts'
import { addProgress } from './run-queries.ts'
import { noCounts, requireRunning, type Run } from './run.ts'

/** A plan whose label is there, under its new name. */
export type BegunGroup = {
  plan: GroupPlan
  /** null where the owner has too many labels to get this one. */
  labelId: string | null
  /** What was there of the group when it was planned. */
  before: GroupState | undefined
}

/** Creates the group's label, or renames it where the group has got another name. */
export async function beginGroup(book: LockedBook, run: Run, group: Group): Promise<BegunGroup> {
  await requireRunning(book.ask, run)
  const plan = await planGroup(book.ask, run, group)
  const labelId = plan.labelId ?? (await createLabel(book, run, plan.label))
  if (labelId === null) return { plan, labelId, before: undefined }
  if (plan.rename) {
    const { key, colour } = plan.rename
    await updateLabel(book, { id: labelId, name: plan.label, key, colour })
    await markForPropagation(book, labelId)
  }
  return { plan, labelId, before: await stateOf(book, plan, labelId) }
}

/**
 * Whether others have written the group or deleted its label since it was planned. What they did is newer than the
 * file. A label that was only renamed is still the group's.
 */
export async function isSuperseded(
  book: LockedBook,
  { plan, labelId, before }: BegunGroup,
): Promise<boolean> {
  if (labelId === null) return false
  const now = await stateOf(book, plan, labelId)
  return now?.change !== before?.change
}

function stateOf({ ask, ownerId }: LockedBook, { group, bookId }: GroupPlan, labelId: string) {
  return findGroupState(ask, ownerId, labelId, { ...group, bookId })
}

/** An undo of the import deletes the label where nothing has it by then. */
async function createLabel(book: LockedBook, run: Run, name: string): Promise<string | null> {
  const label = (await findOrCreateLabels(book, [name])).get(name)
  if (!label) return null
  await addProgress(book.ask, run, { ...noCounts(), done: 0, newLabelIds: [label.id] })
  return label.id
}
