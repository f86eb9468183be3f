import { randomUUIDv7 } from 'node:crypto'
import { changeContactIn, contactNotFound } from '../contacts/change.ts'
import type { Edit } from '../contacts/edit.ts'
import { keepSpelling } from '../contacts/keep-spelling.ts'
import { inBook, type Author, type LockedBook } from '../contacts/store/locked-book.ts'
import { labelNames } from '../contacts/store/queries.ts'
import type { WholeRow } from '../contacts/store/rows.ts'
import { readSnapshot } from '../contacts/store/snapshot.ts'
import { isUidTaken } from '../contacts/store/uid-holders.ts'
import type { OpenDatabase } from '../db/database.ts'
import { bringBackLabels, findLostLabels, labelsNow } from '../labels/lost-labels.ts'
import { readCard } from '../vcard/read-card.ts'
import { deleteSomeTrash, deleteTrashed, findTrashedSnapshot } from './queries.ts'

// Contacts in one transaction, so that other work need not wait long.
const batchSize = 500

/**
 * Brings a contact back from the trash, with its id and everything else. Where another contact, or
 * a group, has taken its vCard's UID, it gets a new one. Labels that were deleted together with it come back as
 * well.
 * @throws AppError `not_found`, `conflict` when the owner would have too many labels
 */
export function restoreContact(
  database: Pick<OpenDatabase, 'transaction'>,
  author: Author,
  id: string,
): Promise<WholeRow> {
  return inBook(database, author, (book) => restoreContactIn(book, id))
}

/**
 * The same in a book that is locked already.
 * @throws AppError `not_found`, `conflict` when the owner would have too many labels
 */
export async function restoreContactIn(book: LockedBook, id: string): Promise<WholeRow> {
  const uid = (await isUidTaken(book, id)) ? randomUUIDv7() : undefined
  const edit = await restoringEdit(book, id)
  const withUid: Edit = (current) => ({ ...edit(current), uid })
  return changeContactIn(book, id, withUid, { from: 'trash', operation: 'restored' })
}

/** The contact as it is in the trash; as it was before, where its labels were deleted with it. */
async function restoringEdit(book: LockedBook, id: string): Promise<Edit> {
  const { ask, ownerId } = book
  const past = await findTrashedSnapshot(ask, ownerId, id)
  const { labelIds } = readSnapshot(past?.snapshot ?? {})
  const names = await labelNames(ask, ownerId, labelIds)
  const gone = labelIds.filter((labelId) => !names.has(labelId))
  const known = await findLostLabels(ask, ownerId, id, gone)
  const lost = known.filter(({ wentWithContacts }) => wentWithContacts)
  if (!past || lost.length === 0) return ({ contact, labelIds }) => ({ contact, labelIds })
  const restored = await bringBackLabels(book, lost)
  const { card } = past
  return ({ contact }) => ({
    contact: card === null ? contact : keepSpelling(readCard(card).contact, contact),
    labelIds: labelsNow(labelIds, names, restored),
    card,
  })
}

/** Deletes a contact in the trash for good. @throws AppError `not_found` */
export async function purgeContact(
  database: Pick<OpenDatabase, 'transaction'>,
  author: Author,
  id: string,
): Promise<void> {
  if (!(await inBook(database, author, (book) => deleteTrashed(book, id)))) throw contactNotFound()
}

/** Deletes for good all that is in the trash now. */
export async function emptyTrash(database: Pick<OpenDatabase, 'transaction'>, author: Author) {
  const until = new Date()
  const deleteSome = (book: LockedBook) => deleteSomeTrash(book, until, batchSize)
  while ((await inBook(database, author, deleteSome)) === batchSize);
}
