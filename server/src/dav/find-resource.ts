import type { Head } from '../changes/queries.ts'
import { makeCards } from '../contacts/made-cards.ts'
import {
  findContactFile,
  findFile,
  firstBookId,
  isMade,
  type FileRow,
  type MadeFile,
  type ReadFile,
} from '../contacts/store/card-files.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import type { Ask } from '../db/ask.ts'
import type { Call } from './call.ts'
import { noSuchBook, nothingHere } from './dav-error.ts'
import { withCards } from './known-files.ts'
import { bookPath, firstBookSlug, pathOf } from './paths.ts'
import { prepareBook } from './prepare-book.ts'
import type { Book, BookResource, Resource, Target } from './resource.ts'
import { findBook, hasBook } from './store.ts'
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

/**
 * Asks in the lock for a book that was found before it, so that nothing is written into one that is gone.
 * @throws {DavError} 409
 */
export async function requireParent(locked: LockedBook, { id }: Book): Promise<void> {
  if (id !== firstBookId && !(await hasBook(locked, id))) throw noSuchBook()
}

type Looking = Pick<Call, 'services' | 'account' | 'place'>

/** What is at the place of a request. @throws {DavError} 404 */
export async function findTarget(call: Looking): Promise<Target> {
  const { services, account, place } = call
  const href = pathOf(place, account.userId)
  if (place.kind === 'nowhere') throw nothingHere()
  if (place.kind === 'card')
    return { kind: 'card', href, file: await requireReadyFile(call, place) }
  if (place.kind !== 'book') return { kind: place.kind, href }
  const book = await requireBook(services.database.read, account.userId, place.slug)
  return { kind: 'book', href, book }
}

/** The same with where a book is, whose files were made before. @throws {DavError} 404 */
export async function findReady(call: Looking): Promise<Resource> {
  return readyResource(call, await findTarget(call))
}

/** {@link findReady} of a target that was found already. */
export async function readyResource(call: Looking, target: Target): Promise<Resource> {
  if (target.kind !== 'book') return target
  const { account, services } = call
  return bookResource(services.config, account.userId, target.book, await prepareBook(call))
}

export function bookResource(
  { publicUrl }: { publicUrl: URL },
  userId: string,
  book: Book,
  head: Head,
): BookResource {
  const href = bookPath(userId, book.slug)
  return { kind: 'book', href, book, ...syncStateAt(publicUrl, book.slug, head) }
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

/** The same with its card, which is made where it has none. @throws {DavError} 404 */
export async function requireMadeContact(
  book: LockedBook,
  place: { slug: string; name: string },
): Promise<{ book: Book; file: FileRow & Pick<MadeFile, 'card' | 'card_etag'> }> {
  const { ask, ownerId } = book
  const found = await requireContact(ask, ownerId, place)
  if (isMade(found.file)) return { ...found, file: found.file }
  await makeCards(book, [found.file.id])
  return requireMadeContact(book, place)
}

/**
 * A card that is there with octets that are known.
 * @throws {DavError} 404
 */
export async function requireReadyFile(
  call: Pick<Call, 'services' | 'account'>,
  place: { slug: string; name: string },
): Promise<MadeFile> {
  const { services, account } = call
  const { read } = services.database
  const { file } = await requireFile(read, account.userId, place)
  if (isReady(file)) return file
  await prepareBook(call)
  const again = await requireFile(read, account.userId, place)
  const [made] = await withCards(call, [again.file])
  if (!made) throw nothingHere()
  return made
}

/** Whether the octets of a card are known as they are now. Those of a group may be behind its label. */
export function isReady(file: ReadFile): file is MadeFile {
  return !file.is_group && isMade(file)
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
