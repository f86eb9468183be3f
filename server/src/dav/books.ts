import { randomUUIDv7 } from 'node:crypto'
import { trashContacts } from '../contacts/relabel-contacts.ts'
import { beforeFirstId, findAmong, type BatchRow } from '../contacts/store/find-batch.ts'
import { inBook, type Author, type LockedBook } from '../contacts/store/locked-book.ts'
import { labelNames } from '../contacts/store/queries.ts'
import { emptyBook, findSomeIn } from '../contacts/store/write-files.ts'
import type { OpenDatabase } from '../db/database.ts'
import { isUniqueViolation } from '../db/errors.ts'
import { DavError, nothingHere, stale } from './dav-error.ts'
import type { Book } from './resource.ts'
import {
  changeStoredProperties,
  deleteBook,
  findBooks,
  hasBook,
  insertBook,
  updateSlug,
  type PropertyChange,
} from './store.ts'

const maxBooks = 20
const maxSlugOctets = 100
// Cards in one transaction, so that other work need not wait long.
const batchSize = 100

/** @throws {DavError} 403 for a name that is too long */
export function requireSlug(slug: string) {
  if (Buffer.byteLength(slug) <= maxSlugOctets) return
  throw new DavError(403, `The name is longer than ${maxSlugOctets} octets.`)
}

/** @throws {DavError} 403 when there are enough, 405 when there is one of this name */
export async function createBook(
  database: Pick<OpenDatabase, 'transaction'>,
  author: Author,
  slug: string,
  properties: readonly PropertyChange[],
): Promise<void> {
  try {
    await inBook(database, author, async (locked) => {
      if ((await findBooks(locked.ask, author.ownerId)).length >= maxBooks) {
        throw new DavError(403, `There are ${maxBooks} further address books already.`)
      }
      const book = { id: randomUUIDv7(), slug }
      await insertBook(locked, book)
      await changeStoredProperties(locked, book.id, properties)
    })
  } catch (error) {
    if (!isUniqueViolation(error, 'address_books_slug_once')) throw error
    throw new DavError(405, 'There is an address book already.')
  }
}

/**
 * Gives a book another address.
 * @throws {DavError} 404 when it is gone, 412 when another one has taken the address meanwhile
 */
export async function renameBook(
  database: Pick<OpenDatabase, 'transaction'>,
  author: Author,
  { id }: Book,
  slug: string,
): Promise<void> {
  try {
    await inBook(database, author, async (locked) => {
      if (!(await hasBook(locked, id))) throw nothingHere()
      await updateSlug(locked, id, slug)
    })
  } catch (error) {
    if (!isUniqueViolation(error, 'address_books_slug_once')) throw error
    throw stale()
  }
}

/**
 * Deletes a book; its cards go to the trash, from where they come back into the first one. In short
 * transactions: what is broken off can be asked for again. The one that trashes the last cards deletes the
 * book, so that no card can come in between.
 */
export async function removeBook(
  database: Pick<OpenDatabase, 'transaction'>,
  author: Author,
  { id }: Book,
): Promise<void> {
  const removeSome = async (book: LockedBook) => {
    const isEmpty = (await trashSomeOf(book, id)) < batchSize
    if (!isEmpty) return false
    await emptyBook(book, id)
    await deleteBook(book, id)
    return true
  }
  while (!(await inBook(database, author, removeSome)));
}

/** @returns how many: fewer than in a batch where none is left */
async function trashSomeOf(book: LockedBook, bookId: string): Promise<number> {
  const { ask, ownerId } = book
  const ids = await findSomeIn(ask, ownerId, bookId, batchSize)
  const rows = await findAmong(ask, ownerId, ids, beforeFirstId)
  const names = await labelNames(ask, ownerId, [...new Set(rows.flatMap((row) => row.label_ids))])
  const edit = (row: BatchRow) => ({ labelIds: row.label_ids })
  await trashContacts(book, rows, { edit, names })
  return ids.length
}
