import { setImmediate } from 'node:timers/promises'
import { changeContactIn } from '../../contacts/change.ts'
import { trashContacts } from '../../contacts/relabel-contacts.ts'
import { beforeFirstId, findAmong, type BatchRow } from '../../contacts/store/find-batch.ts'
import { inBook, type LockedBook } from '../../contacts/store/locked-book.ts'
import { findWhole, labelNames } from '../../contacts/store/queries.ts'
import { readSnapshot } from '../../contacts/store/snapshot.ts'
import { isOwnerGone } from '../../db/errors.ts'
import { useGenericPlans } from '../../db/generic-plans.ts'
import { AppError } from '../../errors.ts'
import { deleteUnusedLabels } from '../../labels/delete-unused.ts'
import type { Propagating } from '../../labels/propagate-label.ts'
import { namesWithRetired } from '../../labels/queries.ts'
import { readCard } from '../../vcard/read-card.ts'
import {
  findChanges,
  findSnapshotBefore,
  forgetChanges,
  type ChangeRow,
} from '../change-queries.ts'
import { importAuthor } from '../import-author.ts'
import type { ImportRow } from '../import-row.ts'
import { forgetFingerprints } from '../match/fingerprints.ts'
import { findImport } from '../queries.ts'
import { finishImport } from '../run/run-queries.ts'
import { undoGroups } from './undo-groups.ts'

const contactsAtOnce = 20

/**
 * Undoes an import: contacts that it added go to the trash, those that it changed become what they were
 * before. What was changed since stays as it is. In short transactions, each of which forgets what it
 * has undone, so that it may be broken off anywhere.
 */
export async function undoImport(
  services: Propagating,
  row: ImportRow,
  which: { ownerId: string; importId: string },
  signal: AbortSignal,
) {
  const { database } = services
  const author = importAuthor(which.ownerId)
  try {
    while (await inBook(database, author, (book) => undoBatch(book, which.importId))) {
      signal.throwIfAborted()
      await setImmediate()
    }
    await undoGroups(services, which, signal)
    await inBook(database, author, async (book) => {
      await deleteUnusedLabels(book, row.new_label_ids)
      await finishImport(book.ask, which, 'undoing', 'undone')
    })
  } catch (error) {
    if (!isOwnerGone(error)) throw error
  }
}

/** @returns whether there may be more */
async function undoBatch(book: LockedBook, importId: string): Promise<boolean> {
  const { ask, ownerId } = book
  const which = { ownerId, importId }
  await useGenericPlans(ask)
  const row = await findImport(ask, ownerId, importId)
  if (row?.state !== 'undoing') return false
  const changes = await findChanges(ask, which, contactsAtOnce)
  let kept = await trashCreated(
    book,
    changes.filter((change) => change.is_created),
  )
  for (const change of changes) {
    if (!change.is_created && !(await revert(book, importId, change))) kept++
  }
  const ids = changes.map(({ contact_id }) => contact_id)
  await forgetChanges(ask, which, ids, kept)
  return changes.length > 0
}

/** @returns how many stay because they were changed since */
async function trashCreated(book: LockedBook, changes: ChangeRow[]): Promise<number> {
  const last = new Map(changes.map((change) => [change.contact_id, change.last_modseq]))
  const ids = [...last.keys()]
  let kept = 0
  for (let after = beforeFirstId; ;) {
    const rows = ids.length === 0 ? [] : await findAmong(book.ask, book.ownerId, ids, after)
    const end = rows.at(-1)
    if (!end) return kept
    const untouched = rows.filter(({ id, modseq }) => last.get(id) === modseq)
    kept += rows.length - untouched.length
    await trash(book, untouched)
    after = end.id
  }
}

async function trash(book: LockedBook, rows: BatchRow[]) {
  if (rows.length === 0) return
  const ids = new Set(rows.flatMap((row) => row.label_ids))
  const names = await namesWithRetired(book.ask, book.ownerId, [...ids])
  await trashContacts(book, rows, { edit: ({ label_ids }) => ({ labelIds: label_ids }), names })
}

/** @returns false when it was changed since, and stays */
async function revert(book: LockedBook, importId: string, change: ChangeRow): Promise<boolean> {
  const { ask, ownerId } = book
  const current = await findWhole(ask, ownerId, change.contact_id)
  // What is gone need not be reverted; a contact in the trash may be restored, and counts as kept.
  if (!current) return !(await findWhole(ask, ownerId, change.contact_id, 'trash'))
  if (current.modseq !== change.last_modseq) return false
  const before = await findSnapshotBefore(ask, ownerId, current.id, change.modseq)
  if (!before) return true
  const { contact, labelIds } = readSnapshot(before.contact)
  const known = await labelNames(ask, ownerId, labelIds)
  const edit = () => ({
    contact,
    labelIds: labelIds.filter((id) => known.has(id)),
    card: before.card,
    // Byte for byte as it was.
    ...(before.card !== null && { categories: readCard(before.card).categories }),
  })
  await ask('savepoint reverting', [])
  try {
    await changeContactIn(book, current.id, edit, { operation: 'import_undone' })
    await forgetFingerprints(ask, { ownerId, importId }, current.id)
    return true
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // Another contact has taken its UID.
    await ask('rollback to savepoint reverting', [])
    return false
  }
}
