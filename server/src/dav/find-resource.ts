import {
  findContactFile,
  findFile,
  firstBookId,
  type FileRow,
  type ReadFile,
} from '../contacts/store/card-files.ts'
import type { Ask } from '../db/ask.ts'
import type { DavAccount } from './account.ts'
import { nothingHere } from './dav-error.ts'
import { bookPath, firstBookSlug, pathOf, type Place } from './paths.ts'
import type { Book, BookResource, Resource } from './resource.ts'
import { findBook } from './store.ts'
import { syncStateOf } from './sync-state.ts'

export const firstBook: Book = { id: firstBookId, slug: firstBookSlug }

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

export type Finding = { read: Ask; write: Ask; publicUrl: URL }

/** What is at a place. @throws {DavError} 404 */
export async function findResource(
  finding: Finding,
  { userId }: Pick<DavAccount, 'userId'>,
  place: Place,
): Promise<Resource> {
  const href = pathOf(place, userId)
  if (place.kind === 'nowhere') throw nothingHere()
  if (place.kind === 'book') {
    return bookResource(finding, userId, await requireBook(finding.read, userId, place.slug))
  }
  if (place.kind === 'card') {
    const book = await requireBook(finding.read, userId, place.slug)
    const file = await findFile(finding.read, userId, book.id, place.name)
    if (!file) throw nothingHere()
    return { kind: 'card', href, file }
  }
  return { kind: place.kind, href }
}

export async function bookResource(
  finding: Finding,
  userId: string,
  book: Book,
): Promise<BookResource> {
  const state = await syncStateOf(finding, userId)
  return { kind: 'book', href: bookPath(userId, book.slug), book, ...state }
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
