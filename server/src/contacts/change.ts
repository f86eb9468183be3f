import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { AppError, invalidField } from '../errors.ts'
import type { Edit, WantedContact } from './edit.ts'
import { requireMatch } from './etag.ts'
import { isUnchanged } from './is-unchanged.ts'
import { fromColumns } from './store/columns.ts'
import { inBook, type Author, type LockedBook } from './store/locked-book.ts'
import { findWhole, labelNames } from './store/queries.ts'
import type { CardedRow, WholeRow } from './store/rows.ts'
import type { Operation, StoredContact } from './store/stored-contact.ts'
import { updateContact } from './store/write-one.ts'
import { toStored } from './to-stored.ts'

// In every round at least one competing writer succeeds.
const maxTries = 100

/** The ways to the contacts: single statements, or several in a transaction. */
export type BookAccess = Pick<OpenDatabase, 'read' | 'write' | 'transaction'>

type Lookup = {
  /** The `If-Match` header; undefined overwrites whatever is there. */
  ifMatch?: string | undefined
  /** Where the contact is looked for; a change brings one back from the trash. */
  from?: 'live' | 'trash'
}

type ChangeOptions = Lookup & {
  /** What the history calls the change: `changed` unless said. */
  operation?: Operation
}

/**
 * Changes a contact with its columns, its card and its history. A change of nothing writes nothing.
 * @param edit may be called several times
 * @throws AppError `not_found`, `stale`, `invalid`, `conflict`
 */
export function changeContact(
  database: BookAccess,
  author: Author,
  id: string,
  edit: Edit,
  options: ChangeOptions = {},
): Promise<WholeRow> {
  return retryOnConflict(async () => {
    const before = await readForWrite(database.read, author.ownerId, id, options)
    const wanted = edit(currentOf(before))
    if (wanted.labelIds.every((labelId) => before.label_ids.includes(labelId))) {
      return write(database, author, before, wanted, options)
    }
    // Adding a label takes the lock: a concurrent rename or deletion of it would miss this contact.
    return inBook(database, author, (book) => changeContactIn(book, id, edit, options))
  })
}

/**
 * The same in a book that is locked already.
 * @throws AppError `not_found`, `stale`, `invalid`, `conflict`
 */
export async function changeContactIn(
  book: LockedBook,
  id: string,
  edit: Edit,
  options: ChangeOptions = {},
): Promise<WholeRow> {
  const before = await readForWrite(book.ask, book.ownerId, id, options)
  const wanted = edit(currentOf(before))
  const row = await write({ read: book.ask, write: book.ask }, book, before, wanted, options)
  if (!row) throw busy()
  return row
}

/**
 * The names of labels, in the order of their ids.
 * @throws AppError `invalid` for one that the owner does not have
 */
export async function namesOfLabels(book: LockedBook, ids: readonly string[]): Promise<string[]> {
  return namesIn(await labelNames(book.ask, book.ownerId, ids), ids)
}

/** The same of names that are known already. */
export function namesIn(names: ReadonlyMap<string, string>, ids: readonly string[]): string[] {
  return ids.map((id, at) => names.get(id) ?? refuseLabel(at))
}

function refuseLabel(at: number): never {
  throw invalidField(`/label_ids/${at}`, 'is not one of your labels.')
}

/**
 * What is to be stored of a contact.
 * @param names of the owner's labels by their ids, at least of those that the contact is to have
 * @throws AppError `invalid` for a label that the owner does not have, `too_large` for its card
 */
export function storedOf(
  wanted: WantedContact,
  before: CardedRow,
  names: ReadonlyMap<string, string>,
): StoredContact {
  wanted.labelIds.forEach((id, at) => {
    if (!names.has(id) && !before.label_ids.includes(id)) refuseLabel(at)
  })
  // A label that is being deleted goes with this change.
  const labelIds = wanted.labelIds.filter((id) => names.has(id))
  const labels = labelIds.flatMap((id) => names.get(id) ?? [])
  return toStored({ ...wanted, labelIds }, before, labels)
}

/**
 * Repeats an attempt that found the contact changed since it read it. Cheaper than a lock, which
 * takes three more round trips, since two writers of one contact hardly ever meet.
 */
export async function retryOnConflict<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < maxTries; tries++) {
    const result = await attempt()
    if (result !== undefined) return result
  }
  throw busy()
}

/** @throws AppError `not_found`, `stale` */
export async function readForWrite(
  read: Ask,
  ownerId: string,
  id: string,
  { ifMatch, from }: Lookup,
): Promise<CardedRow> {
  const row = await findWhole(read, ownerId, id, from)
  if (!row) throw contactNotFound()
  requireMatch(ifMatch, row)
  return row
}

export function contactNotFound(): AppError {
  return new AppError('not_found', 'not_found', 'There is no such contact.')
}

function busy(): AppError {
  return new AppError('unavailable', 'busy', 'The contact is being changed by many. Try again.', {
    retryAfterSeconds: 1,
  })
}

export function currentOf(row: CardedRow) {
  return { contact: fromColumns(row), labelIds: row.label_ids, row }
}

/** @returns undefined when the contact has changed since it was read */
async function write(
  { read, write }: Pick<BookAccess, 'read' | 'write'>,
  author: Author,
  before: CardedRow,
  wanted: WantedContact,
  { operation = 'changed' }: ChangeOptions,
): Promise<WholeRow | undefined> {
  const names = await labelNames(read, author.ownerId, wanted.labelIds)
  const next = storedOf(wanted, before, names)
  if (before.deleted_at === null && isUnchanged(before, next)) return before
  return updateContact(write, author, before, next, operation)
}
