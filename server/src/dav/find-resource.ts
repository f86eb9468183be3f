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
import type { Book, BookResource, Resource, Target } from './resource.ts'
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

type CardPlace = Extract<Place, { kind: 'card' }>

export type Finding = Pick<OpenDatabase, 'read' | 'write'> & { publicUrl: URL }

/** What is at a place. @throws {DavError} 404 */
export async function findResource(
  finding: Finding,
  { userId }: Pick<DavAccount, 'userId'>,
  place: Place,
): Promise<Resource> {
  const readFile = async (at: CardPlace) => (await requireFile(finding.read, userId, at)).file
  const target = await targetAt(finding.read, userId, place, readFile)
  if (target.kind !== 'book') return target
  return bookResource(finding, userId, target.book, await headNow(finding, userId))
}

/** What is at the place of a request; a card has octets that are known. @throws {DavError} 404 */
export function findTarget(call: Call): Promise<Target> {
  const { services, account, place } = call
  const { read } = services.database
  return targetAt(read, account.userId, place, (at) => requireReadyFile(call, at))
}

/** The same with where a book is, all of whose files have octets that are known. */
export async function findReady(call: Call): Promise<Resource> {
  return readyResource(call, await findTarget(call))
}

/** {@link findReady} of a target that was found already. */
export async function readyResource(call: Call, target: Target): Promise<Resource> {
  if (target.kind !== 'book') return target
  const { account, services } = call
  return bookResource(services.config, account.userId, target.book, await prepareBook(call))
}

async function targetAt(
  read: Ask,
  userId: string,
  place: Place,
  readFile: (place: CardPlace) => Promise<ReadFile>,
): Promise<Target> {
  const href = pathOf(place, userId)
  if (place.kind === 'nowhere') throw nothingHere()
  if (place.kind === 'book') {
    return { kind: 'book', href, book: await requireBook(read, userId, place.slug) }
  }
  if (place.kind === 'card') return { kind: 'card', href, file: await readFile(place) }
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
  if (isReady(file)) return file
  await prepareBook(call)
  return (await requireFile(read, account.userId, place)).file
}

/** Whether the octets of a card are known. Those of a group may be behind its label. */
export function isReady({ is_group: isGroup, card, card_etag: etag }: ReadFile): boolean {
  return !isGroup && card !== null && etag !== null
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
