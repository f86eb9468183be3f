import { setImmediate } from 'node:timers/promises'
import { relabelContacts, trashContacts, type LabelEdit } from '../contacts/relabel-contacts.ts'
import { findLabelled, type BatchRow } from '../contacts/store/find-batch.ts'
import { inBook, type Author, type LockedBook } from '../contacts/store/locked-book.ts'
import type { OpenDatabase } from '../db/database.ts'
import { useGenericPlans } from '../db/generic-plans.ts'
import type { Turns } from '../limits/turns.ts'
import { readCard } from '../vcard/read-card.ts'
import { renameCategory } from './categories.ts'
import {
  deleteLabel,
  findPendingLabel,
  namesWithRetired,
  setPropagatedTo,
  type PendingLabel,
} from './queries.ts'

export type Propagating = {
  database: Pick<OpenDatabase, 'read' | 'transaction'>
  /** One batch at a time over all labels, so that other work waits for at most one. */
  turns: Pick<Turns, 'labels'>
}

type Options = {
  /** When to leave the rest to the job that was queued with the change. */
  withinMs?: number
  signal?: AbortSignal
  /** Called in the same transaction with the contacts of a batch as they were before it. */
  onBatch?: (book: LockedBook, before: readonly BatchRow[]) => Promise<void>
}

/**
 * Writes a label's new name, or its deletion, into its contacts. In short transactions, each of which
 * also records how far it came: so it can be broken off at any time and resumed by another process, and
 * several may work on it at once.
 * @returns whether all contacts are done
 * @throws the signal's reason when it is aborted
 */
export async function propagateLabel(
  { database, turns }: Propagating,
  author: Author,
  labelId: string,
  { withinMs = Infinity, signal, onBatch }: Options = {},
): Promise<boolean> {
  const deadline = performance.now() + withinMs
  // An account that was deleted meanwhile has left nothing to do.
  if (!(await findPendingLabel(database.read, author.ownerId, labelId))) return true
  const propagateNext = () =>
    turns.labels.run(() =>
      inBook(database, author, (book) => propagateBatch(book, labelId, onBatch)),
    )
  while (await propagateNext()) {
    if (performance.now() > deadline) return false
    signal?.throwIfAborted()
    await setImmediate()
  }
  return true
}

/** @returns whether there may be more */
async function propagateBatch(
  book: LockedBook,
  labelId: string,
  onBatch: Options['onBatch'],
): Promise<boolean> {
  await useGenericPlans(book.ask)
  const label = await findPendingLabel(book.ask, book.ownerId, labelId)
  if (!label) return false
  const rows = await findLabelled(book.ask, book.ownerId, labelId, label.propagatedTo)
  const last = rows.at(-1)
  if (last) {
    await propagateToContacts(book, labelId, label, rows)
    await onBatch?.(book, rows)
    await setPropagatedTo(book, labelId, last.id)
  } else if (label.isRetired) {
    await deleteLabel(book, labelId)
  } else {
    await setPropagatedTo(book, labelId, null)
  }
  return last !== undefined
}

async function propagateToContacts(
  book: LockedBook,
  labelId: string,
  label: PendingLabel,
  rows: BatchRow[],
): Promise<void> {
  const { name, colour, isRetired } = label
  const ids = new Set(rows.flatMap((row) => row.label_ids))
  const names = await namesWithRetired(book.ask, book.ownerId, [...ids])
  // Contacts lose a retired label.
  if (isRetired) names.delete(labelId)
  const retired = isRetired ? { id: labelId, name, colour } : null
  if (isRetired && label.trashesContacts) {
    const edit = (row: BatchRow) => ({ labelIds: row.label_ids })
    await trashContacts(book, rows, { edit, names, retired })
  } else {
    const edit = (row: BatchRow) => withNewName(row, labelId, names)
    await relabelContacts(book, rows, { edit, names, retired })
  }
}

function withNewName(
  { label_ids: labelIds, card }: BatchRow,
  labelId: string,
  names: ReadonlyMap<string, string>,
): LabelEdit {
  const name = names.get(labelId)
  if (name === undefined || card === null) return { labelIds }
  const labelNames = labelIds.flatMap((id) => names.get(id) ?? [])
  return { labelIds, categories: renameCategory(readCard(card).categories, labelNames, name) }
}
