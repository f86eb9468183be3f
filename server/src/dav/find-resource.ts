import { headNow } from '../changes/changes.ts'
import type { Head } from '../changes/queries.ts'
import {
  findContactFile,
  findFile,
  firstBookId,
  type FileRow,
  type ReadFile,
} from '../contacts/store/card-files.ts'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import type { DavAccount } from './account.ts'
import type { Call } from './call.ts'
import { nothingHere } from './dav-error.ts'
import { bookPath, firstBookSlug, pathOf, type Place } from './paths.ts'
import { prepareBook } from './prepare-book.ts'
import type { Book, BookResource, Resource } from './resource.ts'
import { findBook } from './store.ts'
import { syncStateAt } from './sync-state.ts'

export const firstBook: Book = { id: firstBookId, slug: firstBookSlug, modseq: 0 }

/** The book of this name; undefined where there is none. */
export async function bookNamed(read: Ask, ownerId: string, slug: string) {
  return slug === firstBookSlug ? firstBook : findBook(read, ownerId, slug)
}

/** @throws {DavError} 404 */
export async function requireBook(read: Ask, ownerId: string, slug: string): Promise<Book> {
  const book = await bookNamed(read, ownerId, slug)
  if (!book) throw nothingHere()
  return book
}

export type Finding = Pick<OpenDatabase, 'read' | 'write'> & { publicUrl: URL }

/**
 * What is at a place.
 * @param head where the book is, if that was read already
 * @throws {DavError} 404
 */
export async function findResource(
  finding: Finding,
  { userId }: Pick<DavAccount, 'userId'>,
  place: Place,
  head?: Head,
): Promise<Resource> {
  const href = pathOf(place, userId)
  if (place.kind === 'nowhere') throw nothingHere()
  if (place.kind === 'book') {
    const book = await requireBook(finding.read, userId, place.slug)
    return bookResource(finding, userId, book, head ?? (await headNow(finding, userId)))
  }
  if (place.kind === 'card') {
    const { file } = await requireFile(finding.read, userId, place)
    return { kind: 'card', href, file }
  }
  return { kind: place.kind, href }
}

export function bookResource(
  { publicUrl }: Pick<Finding, 'publicUrl'>,
  userId: string,
  book: Book,
  head: Head,
): BookResource {
  const href = bookPath(userId, book.slug)
  return { kind: 'book', href, book, ...syncStateAt(publicUrl, head) }
}

/** A contact whose card is there. @throws {DavError} 404 */
export async function requireContact(
  read: Ask,
  userId: string,
  { slug, name }: { slug: string; name: string },
): Promise<{ book: Book; file: FileRow }> {
  const book = await requireBook(read, userId, slug)
  const file = await findContactFile(read, userId, book.id, name)
  if (!file) throw nothingHere()
  return { book, file }
}

/**
 * A card that is there with octets that are known.
 * @throws {DavError} 404
 */
export async function requireReadyFile(
  call: Pick<Call, 'services' | 'account'>,
  place: { slug: string; name: string },
): Promise<ReadFile> {
  const { services, account } = call
  const { read } = services.database
  const { file } = await requireFile(read, account.userId, place)
  // A group's card may be behind its label.
  if (!file.is_group && file.card !== null && file.card_etag !== null) return file
  await prepareBook(call)
  return (await requireFile(read, account.userId, place)).file
}

/** A card that is there, and its book. @throws {DavError} 404 */
export async function requireFile(
  read: Ask,
  userId: string,
  { slug, name }: { slug: string; name: string },
): Promise<{ book: Book; file: ReadFile }> {
  const book = await requireBook(read, userId, slug)
  const file = await findFile(read, userId, book.id, name)
  if (!file) throw nothingHere()
  return { book, file }
}
