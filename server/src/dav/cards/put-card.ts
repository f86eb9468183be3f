import { randomUUIDv7 } from 'node:crypto'
import { uidKey } from '../../book/uid.ts'
import { retryOnConflict, type BookAccess } from '../../contacts/change.ts'
import { storedAsCame } from '../../contacts/incoming-card.ts'
import { cardEtag } from '../../contacts/store/card-etag.ts'
import { findContactFile, type FileRow, type TaggedFile } from '../../contacts/store/card-files.ts'
import { insertFile, insertFileIfFree } from '../../contacts/store/insert-file.ts'
import { inBook, type Author, type LockedBook } from '../../contacts/store/locked-book.ts'
import type { Card, StoredContact } from '../../contacts/store/stored-contact.ts'
import { updateContact } from '../../contacts/store/write-one.ts'
import type { Ask } from '../../db/ask.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { findGroupLabels, keysOf } from '../../labels/group-cards.ts'
import { findGroupFile } from '../../labels/group-files.ts'
import { withUid } from '../../vcard/with-uid.ts'
import type { Conditions } from '../conditions.ts'
import { DavError } from '../dav-error.ts'
import { requireParent } from '../find-resource.ts'
import { etagOf, type Book } from '../resource.ts'
import type { SentCard } from './incoming.ts'
import { labelsOfCard, noLabels, type Labels } from './labels-of-card.ts'
import { isCardAsServed, isServedAsCame } from './served-card.ts'
import { requireFreeUid, uidConflict } from './uid-conflict.ts'

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
 * @throws {DavError} 403 `no-uid-conflict`, 409, 412
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
  const file = { id, bookId: book.id, name, contact }
  const row = await insertFileIfFree(write, author, file, keys)
  return row && createdAs(card, named, row)
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
  const before = await findContactFile(database.read, author.ownerId, put.book.id, put.name)
  if (!before) return inBook(database, author, (locked) => create(locked, put))
  put.conditions.require(before)
  return replace(database, author, put, before)
}

/**
 * @returns undefined when another contact has taken the name meanwhile
 * @throws {DavError} where something has the UID, a group the name, or the book is gone
 */
async function create(
  locked: LockedBook,
  { book, name, card, conditions }: Put,
): Promise<PutCard | undefined> {
  const { ask, ownerId } = locked
  const { uid } = card
  await requireParent(locked, book)
  if (await findContactFile(ask, ownerId, book.id, name)) return undefined
  const group = await findGroupFile(ask, ownerId, book.id, name)
  if (group && (uid === null || group.uidKey === uidKey(uid))) throw otherKind()
  if (group) throw uidConflict(locked, book, { id: group.id, card_name: name })
  conditions.require(undefined)
  if (uid !== null) await requireFreeUid(locked, book, uid)
  const id = randomUUIDv7()
  const named = withKnownUid(card, id)
  const groups = await findGroupLabels(ask, ownerId, uid === null ? [] : [uid])
  const labels = await labelsOfCard(locked, card, undefined, [...groups.values()].flat())
  const contact = withCard(storedAsCame(named, id, labels))
  return createdAs(
    card,
    named,
    await insertFile(ask, locked, { id, bookId: book.id, name, contact }),
  )
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
  const named = withKnownUid(card, uid)
  if (isCardAsServed(before, named)) {
    return { outcome: 'unchanged', etag: etagFor(card, named, before) }
  }
  const update = async (ask: Ask, labels: Labels) => {
    const contact = withCard(storedAsCame(named, before.id, labels))
    const row = await updateContact(ask, author, before, contact, 'changed').catch(
      (error: unknown) => {
        // It had another spelling until now, and older versions let others have this one.
        if (!isUniqueViolation(error, 'contacts_uid_once')) throw error
        throw uidConflict(author, book, before)
      },
    )
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

/** The card as it is kept: one that came without a UID gets that of its contact or group. */
export function withKnownUid(card: SentCard, uid: string): SentCard {
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

/** No precondition of RFC 6352 says this: the UID is the same, and each of the two cards is valid. */
export function otherKind(): DavError {
  return new DavError(403, 'A group stays a group, and a contact a contact. Delete the card first.')
}
