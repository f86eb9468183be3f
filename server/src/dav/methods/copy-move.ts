import { randomUUIDv7 } from 'node:crypto'
import { findContactFile, findFile, type FileRow } from '../../contacts/store/card-files.ts'
import { fromColumns, toColumns } from '../../contacts/store/columns.ts'
import { insertFile } from '../../contacts/store/insert-file.ts'
import { inBook, type LockedBook } from '../../contacts/store/locked-book.ts'
import { labelNames } from '../../contacts/store/queries.ts'
import type { UidHolder } from '../../contacts/store/uid-holders.ts'
import { moveFile } from '../../contacts/store/write-files.ts'
import { trashContact } from '../../contacts/store/write-one.ts'
import { readCard } from '../../vcard/read-card.ts'
import { removeBook, renameBook, requireSlug } from '../books.ts'
import { authorOf, hostsOf, type Call, type Handler } from '../call.ts'
import { requireFileName } from '../cards/file-name.ts'
import { requireFreeUid } from '../cards/uid-conflict.ts'
import { conditionsFor } from '../conditions-for.ts'
import { DavError, failed, noSuchBook, stale } from '../dav-error.ts'
import {
  bookNamed,
  findTarget,
  firstBook,
  requireBook,
  requireFile,
  requireMadeContact,
  requireParent,
} from '../find-resource.ts'
import { hasFragment, isEscapedUtf8, pathInHref, pathOf, readPath, type Place } from '../paths.ts'
import { prepareBook } from '../prepare-book.ts'
import { addressText, headerOf, requireWhole } from '../read-request.ts'
import type { Book } from '../resource.ts'
import { copyStoredProperties } from '../store.ts'

/** RFC 4918, 9.8: another contact with the same card, in another book. */
export const copy: Handler = (call) => transfer(call, 'copy')

/** RFC 4918, 9.9: the same contact at another place. */
export const move: Handler = (call) => transfer(call, 'move')

type Target = { book: Book; name: string }

async function transfer(call: Call, mode: 'copy' | 'move') {
  const { services, request, reply, account, place } = call
  const { database } = services
  if (place.kind === 'book' && mode === 'move') return moveBook(call, place)
  if (place.kind !== 'card') {
    await findTarget(call)
    throw new DavError(403, 'Only cards can be copied or moved.')
  }
  const destination = destinationOf(call)
  const isOverwriting = overwrites(request)
  await prepareBook(call)
  const { file } = await requireFile(database.read, account.userId, place)
  if (file.is_group) throw new DavError(403, 'Groups stay where they are.')
  if (pathOf(destination, account.userId) === pathOf(place, account.userId)) {
    throw new DavError(403, 'The destination is the card itself.')
  }
  const book = await bookNamed(database.read, account.userId, destination.slug)
  if (!book) throw noSuchBook()
  const conditions = await conditionsFor(call)
  const target = { book, name: destination.name }
  const isReplaced = await inBook(database, authorOf(call), async (locked) => {
    const { book: from, file } = await requireMadeContact(locked, place)
    await requireParent(locked, book)
    conditions.require(file)
    const there = await findContactFile(locked.ask, account.userId, book.id, target.name)
    const isGroup = !there && (await findFile(locked.ask, account.userId, book.id, target.name))
    if ((there || isGroup) && !isOverwriting) throw stale()
    if (isGroup) throw new DavError(403, 'A group stays where it is.')
    const isOwn = ({ id }: UidHolder) => id === there?.id || (mode === 'move' && id === file.id)
    await requireFreeUid(locked, book, file.uid ?? file.id, isOwn)
    if (there) await trashContact(locked.ask, locked, there)
    if (mode === 'copy') await insertCopy(locked, file, target)
    else {
      const source = { bookId: from.id, name: place.name }
      await moveFile(locked, file.id, source, { bookId: book.id, name: target.name })
    }
    return there !== undefined
  })
  void reply.header('location', pathOf(destination, account.userId))
  return reply.status(isReplaced ? 204 : 201).send()
}

/** Gives an address book another address, and with it all of its cards. */
async function moveBook(call: Call, { slug }: Extract<Place, { kind: 'book' }>) {
  const { services, request, reply, account } = call
  const { database } = services
  const destination = placeAtDestination(call)
  if (destination?.kind !== 'book') {
    throw failed(403, 'C:addressbook-collection-location-ok', 'A home alone holds address books.')
  }
  requireWhole(call)
  requireSlug(destination.slug)
  const isOverwriting = overwrites(request)
  const book = await requireBook(database.read, account.userId, slug)
  if (book.id === firstBook.id) throw new DavError(403, 'The first address book stays.')
  if (destination.slug === slug) throw new DavError(403, 'The destination is the book itself.')
  const there = await bookNamed(database.read, account.userId, destination.slug)
  if (there && !isOverwriting) throw stale()
  if (there?.id === firstBook.id) throw new DavError(403, 'The first address book stays.')
  const conditions = await conditionsFor(call)
  conditions.require('collection')
  if (there) await removeBook(database, authorOf(call), there)
  await renameBook(database, authorOf(call), book, destination.slug)
  void reply.header('location', pathOf(destination, account.userId))
  return reply.status(there ? 204 : 201).send()
}

/** Where the card is to be. @throws {DavError} 400, 403, 409, 502 */
function destinationOf(call: Call): Extract<Place, { kind: 'card' }> {
  const place = placeAtDestination(call)
  if (place?.kind === 'nowhere') throw new DavError(409, 'There is no such collection.')
  if (place?.kind !== 'card') {
    throw failed(403, 'C:addressbook-collection-location-ok', 'Only an address book takes cards.')
  }
  requireFileName(place.name)
  return place
}

/** @throws {DavError} 400, 502 */
function placeAtDestination(call: Call): Place | undefined {
  const { request, account } = call
  const header = headerOf(request, 'destination')
  if (header === undefined) throw new DavError(400, 'The request names no Destination.')
  const address = addressText(header)
  if (address === undefined || !isEscapedUtf8(address)) {
    throw new DavError(400, 'The Destination is not UTF-8.')
  }
  if (hasFragment(address)) throw new DavError(400, 'The Destination has a fragment.')
  const path = pathInHref(address, hostsOf(call))
  if (path === undefined && !URL.parse(address.trim())?.host) {
    throw new DavError(400, 'The Destination is neither a URL nor a path.')
  }
  if (path === undefined) throw new DavError(502, 'The destination is on another server.')
  return readPath(path, account.userId)
}

/** Whether what is at the destination may go (RFC 4918, 10.6). @throws {DavError} 400 */
function overwrites(request: Call['request']): boolean {
  const overwrite = headerOf(request, 'overwrite')?.trim().toUpperCase() ?? 'T'
  if (overwrite !== 'T' && overwrite !== 'F') throw new DavError(400, 'Overwrite must be T or F.')
  return overwrite === 'T'
}

/** The copy has the card to the octet, so that its UID is the same, and what clients wrote of it. */
async function insertCopy(
  locked: LockedBook,
  file: FileRow & { card: string },
  { book, name }: Target,
) {
  const { card, card_version: version, label_ids: labelIds, photo_hash: photoHash } = file
  const names = await labelNames(locked.ask, locked.ownerId, labelIds)
  const columns = toColumns(fromColumns(file), [...names.values()], readCard(card).sortAs)
  const contact = {
    columns,
    labelIds: labelIds.filter((id) => names.has(id)),
    uid: file.uid ?? file.id,
    photoHash,
    card: { version: version ?? '3.0', text: card },
  }
  const id = randomUUIDv7()
  await insertFile(locked.ask, locked, { id, bookId: book.id, name, contact })
  await copyStoredProperties(locked, file.id, id)
}
