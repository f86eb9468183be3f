import { randomUUIDv7 } from 'node:crypto'
import { uidKey } from '../../book/uid.ts'
import { retryOnConflict, type BookAccess } from '../../contacts/change.ts'
import { storedAsCame } from '../../contacts/incoming-card.ts'
import { cardEtag } from '../../contacts/store/card-etag.ts'
import {
  fileName,
  findByUidIn,
  findContactFile,
  type FileRow,
  type ListedFile,
  type TaggedFile,
} from '../../contacts/store/card-files.ts'
import { inBook, type Author, type LockedBook } from '../../contacts/store/locked-book.ts'
import type { Card, StoredContact } from '../../contacts/store/stored-contact.ts'
import { insertFile, insertFileIfFree } from '../../contacts/store/write-files.ts'
import { updateContact } from '../../contacts/store/write-one.ts'
import type { Ask } from '../../db/ask.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { findGroupLabels, keysOf } from '../../labels/group-cards.ts'
import { findGroupByUid, findGroupFile, hasGroupCards } from '../../labels/group-files.ts'
import { withUid } from '../../vcard/with-uid.ts'
import type { Conditions } from '../conditions.ts'
import { DavError } from '../dav-error.ts'
import { pathOf } from '../paths.ts'
import { etagOf, type Book } from '../resource.ts'
import { element, text as xmlText } from '../xml/write-xml.ts'
import type { SentCard } from './incoming.ts'
import { labelsOfCard, noLabels, type Labels } from './labels-of-card.ts'
import { isCardAsServed, isServedAsCame } from './served-card.ts'

export type PutCard = {
  outcome: 'created' | 'changed' | 'unchanged'
  /** null where what is kept is not what was sent, so that the client reads it again. */
  etag: string | null
}

type Tagged = Pick<TaggedFile, 'card_etag'>
type Put = { book: Book; name: string; card: SentCard; conditions: Conditions }

/**
 * Keeps a card to the octet: as a new contact, or in the place of the card that had the name. Octets that are
 * there already, or were served in another version, change nothing.
 * @throws {DavError} 403 `no-uid-conflict`, 412
 */
export async function putCard(database: BookAccess, author: Author, put: Put): Promise<PutCard> {
  const added = mayBeNew(put) && (await add(database.write, author, put))
  return added || retryOnConflict(() => putBeside(database, author, put))
}

/** Whether a card, if it is new, can be written without looking at anything else. */
function mayBeNew({ card, conditions }: Put): boolean {
  return card.read.categories.length === 0 && conditions.allows(undefined)
}

/** @returns undefined when there is something that the card has to be seen with */
async function add(write: Ask, author: Author, { book, name, card }: Put) {
  const id = randomUUIDv7()
  const named = withKnownUid(card, id)
  const contact = withCard(storedAsCame(named, id, noLabels))
  const keys = keysOf(card.uid === null ? [] : [card.uid])
  try {
    const file = { id, bookId: book.id, name, contact }
    const row = await insertFileIfFree(write, author, file, keys)
    return row && createdAs(card, named, row)
  } catch (error) {
    if (isTaken(error)) return undefined
    throw error
  }
}

function createdAs(card: SentCard, named: SentCard, row: Tagged): PutCard {
  return { outcome: 'created', etag: etagFor(card, named, row) }
}

/** The same where the name or the UID may be there already. @returns undefined on a conflict */
async function putBeside(
  database: BookAccess,
  author: Author,
  put: Put,
): Promise<PutCard | undefined> {
  const { ownerId } = author
  const { book, name, card } = put
  const [before, holder, hasGroups] = await Promise.all([
    findContactFile(database.read, ownerId, book.id, name),
    card.uid === null ? undefined : findByUidIn(database.read, ownerId, book.id, card.uid),
    hasGroupCards(database.read, ownerId),
  ])
  const groupIds = hasGroups ? await groupsFor(database.read, author, put, before) : []
  put.conditions.require(before)
  if (holder && holder.id !== before?.id) throw uidConflict(author, book, holder)
  return before ? replace(database, author, put, before) : create(database, author, put, groupIds)
}

/**
 * The labels of groups that name the card as a member.
 * @throws {DavError} where a group has the name, or the UID of a card that is new
 */
async function groupsFor(
  read: Ask,
  author: Author,
  { book, name, card: { uid } }: Put,
  before: FileRow | undefined,
): Promise<string[]> {
  const { ownerId } = author
  const [named, namesake, labels] = await Promise.all([
    findGroupFile(read, ownerId, book.id, name),
    uid === null || before ? undefined : findGroupByUid(read, ownerId, book.id, uidKey(uid)),
    findGroupLabels(read, ownerId, uid === null ? [] : [uid]),
  ])
  if (named && (uid === null || named.uidKey === uidKey(uid))) throw otherKind()
  const group = named ?? namesake
  if (group) throw uidConflict(author, book, { id: group.id ?? '', card_name: group.name })
  return [...labels.values()].flat()
}

/** @returns undefined when another one has taken the name or the UID meanwhile */
async function create(
  { write, transaction }: BookAccess,
  author: Author,
  { book, name, card }: Put,
  groupIds: string[],
): Promise<PutCard | undefined> {
  const id = randomUUIDv7()
  const named = withKnownUid(card, id)
  const insert = async (ask: Ask, labels: Labels) => {
    const contact = withCard(storedAsCame(named, id, labels))
    const row = await insertFile(ask, author, { id, bookId: book.id, name, contact })
    return createdAs(card, named, row)
  }
  try {
    if (card.read.categories.length === 0 && groupIds.length === 0) {
      return await insert(write, noLabels)
    }
    return await inBook({ transaction }, author, async (locked) =>
      insert(locked.ask, await labelsOfCard(locked, card, undefined, groupIds)),
    )
  } catch (error) {
    if (isTaken(error)) return undefined
    throw error
  }
}

async function replace(
  database: BookAccess,
  author: Author,
  { book, card }: Put,
  before: FileRow,
): Promise<PutCard | undefined> {
  const uid = before.uid ?? before.id
  // A card keeps its UID (RFC 6352, 6.3.2.1).
  if (card.uid !== null && uidKey(card.uid) !== uidKey(uid)) {
    throw uidConflict(author, book, before)
  }
  if (isCardAsServed(before, card)) {
    return { outcome: 'unchanged', etag: etagFor(card, card, before) }
  }
  const named = withKnownUid(card, uid)
  const update = async (ask: Ask, labels: Labels) => {
    const contact = withCard(storedAsCame(named, before.id, labels))
    const row = await updateContact(ask, author, before, contact, 'changed')
    if (!row) return undefined
    const tagged = { card_etag: cardEtag(named.text) }
    return { outcome: 'changed', etag: etagFor(card, named, tagged) } as const
  }
  const hasLabels = before.label_ids.length + card.read.categories.length > 0
  if (!hasLabels) return update(database.write, noLabels)
  return inBook(database, author, async (locked: LockedBook) =>
    update(locked.ask, await labelsOfCard(locked, card, before, [])),
  )
}

function withKnownUid(card: SentCard, uid: string): SentCard {
  return card.uid === null ? { ...card, uid, text: withUid(card.text, uid) } : card
}

function withCard(contact: StoredContact): StoredContact & { card: Card } {
  const { card } = contact
  if (card === null) throw new Error('A card that came is kept.')
  return { ...contact, card }
}

function etagFor(sent: SentCard, kept: SentCard, tagged: Tagged): string | null {
  if (!sent.isVerbatim || sent.text !== kept.text) return null
  return isServedAsCame(sent.text, sent.version) ? etagOf(tagged) : null
}

function isTaken(error: unknown): boolean {
  return (
    isUniqueViolation(error, 'contacts_card_name_once') ||
    isUniqueViolation(error, 'contacts_uid_once')
  )
}

/** No precondition of RFC 6352 says this: the UID is the same, and each of the two cards is valid. */
export function otherKind(): DavError {
  return new DavError(403, 'A group stays a group, and a contact a contact. Delete the card first.')
}

/** RFC 6352, 6.3.2.1: says which card has the UID. */
export function uidConflict(
  { ownerId }: Author,
  { slug }: Book,
  holder: Pick<ListedFile, 'id' | 'card_name'>,
): DavError {
  const path = pathOf({ kind: 'card', slug, name: fileName(holder) }, ownerId)
  const condition = element('C:no-uid-conflict', element('D:href', xmlText(path)))
  return new DavError(
    403,
    'Another card of the book has this UID, or this card another one.',
    condition,
  )
}
