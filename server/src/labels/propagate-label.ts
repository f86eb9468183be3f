import { setImmediate } from 'node:timers/promises'
import {
  findLabelled,
  relabelContacts,
  trashContacts,
  type LabelledRow,
  type Relabelled,
} from '../contacts/relabel.ts'
import { lockOwner } from '../contacts/store/write-one.ts'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { useGenericPlans } from '../db/generic-plans.ts'
import { createSemaphore } from '../limits/semaphore.ts'
import { readCard } from '../vcard/read-card.ts'
import { renameCategory } from './categories.ts'
import {
  deleteLabel,
  findPendingLabel,
  namesWithRetired,
  setPropagatedTo,
  type PendingLabel,
} from './queries.ts'

// However many labels are told of, whoever else needs the database waits for one batch only.
const turns = createSemaphore({ concurrency: 1, maxQueue: Infinity })

/** A label that was renamed or deleted, and by whom. */
export type Propagation = {
  ownerId: string
  labelId: string
  actorId: string
  /** Called in the same transaction with contacts as they were before they were told. */
  told?: ((ask: Ask, before: readonly LabelledRow[]) => Promise<void>) | undefined
}

/**
 * Tells a label's contacts of its new name, or of its end, in short transactions, each of which also
 * notes how far it came: so it can be broken off at any time and taken up by whoever comes next, and
 * several may do it at once.
 * @returns whether all are told
 * @throws the signal's reason when it is aborted
 */
export async function propagateLabel(
  database: Pick<OpenDatabase, 'read' | 'transaction'>,
  telling: Propagation,
  { withinMs = Infinity, signal }: { withinMs?: number; signal?: AbortSignal } = {},
): Promise<boolean> {
  const deadline = performance.now() + withinMs
  // Whoever deleted the account meanwhile has left nobody to tell.
  if (!(await findPendingLabel(database.read, telling.ownerId, telling.labelId))) return true
  const tellNext = () => turns.run(() => database.transaction((ask) => propagateNext(ask, telling)))
  while (await tellNext()) {
    if (performance.now() > deadline) return false
    signal?.throwIfAborted()
    await setImmediate()
  }
  return true
}

/** @returns whether there may be more */
async function propagateNext(ask: Ask, telling: Propagation): Promise<boolean> {
  const { ownerId, labelId } = telling
  await useGenericPlans(ask)
  await lockOwner(ask, ownerId)
  const label = await findPendingLabel(ask, ownerId, labelId)
  if (!label) return false
  const rows = await findLabelled(ask, ownerId, labelId, label.untoldAfter)
  const last = rows.at(-1)
  if (last) {
    await propagateTo(ask, telling, label, rows)
    await telling.told?.(ask, rows)
    await setPropagatedTo(ask, ownerId, labelId, last.id)
  } else if (label.isEnding) {
    await deleteLabel(ask, ownerId, labelId)
  } else {
    await setPropagatedTo(ask, ownerId, labelId, null)
  }
  return last !== undefined
}

async function propagateTo(
  ask: Ask,
  telling: Propagation,
  label: PendingLabel,
  rows: LabelledRow[],
) {
  const { ownerId, labelId, actorId } = telling
  const { name: lastName, colour, isEnding } = label
  const ids = new Set(rows.flatMap((row) => row.label_ids))
  const names = await namesWithRetired(ask, ownerId, [...ids])
  // What has no name is taken off.
  if (isEnding) names.delete(labelId)
  const ended = isEnding ? { id: labelId, name: lastName, colour } : null
  const by = { actorId, via: 'api', ended } as const
  if (isEnding && label.trashesContacts) {
    const keepOthers = (row: LabelledRow) => ({ labelIds: row.label_ids })
    return trashContacts(ask, ownerId, rows, keepOthers, names, by)
  }
  const relabel = ({ label_ids: labelIds, card }: LabelledRow): Relabelled => {
    const name = names.get(labelId)
    if (name === undefined || card === null) return { labelIds }
    const labelNames = labelIds.flatMap((id) => names.get(id) ?? [])
    return { labelIds, categories: renameCategory(readCard(card).categories, labelNames, name) }
  }
  return relabelContacts(ask, ownerId, rows, relabel, names, { ...by, operation: 'labelled' })
}
