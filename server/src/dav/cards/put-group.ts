import { createHash, randomUUIDv7 } from 'node:crypto'
import { memberKey, uidKey } from '../../book/uid.ts'
import { retryOnConflict } from '../../contacts/change.ts'
import { cardEtag } from '../../contacts/store/card-etag.ts'
import { fileName, findByUidIn, findFile, firstBookId } from '../../contacts/store/card-files.ts'
import { findMemberIds } from '../../contacts/store/find-by-uid.ts'
import { inBook, type Author, type LockedBook } from '../../contacts/store/locked-book.ts'
import type { Ask } from '../../db/ask.ts'
import { saveGroup } from '../../labels/group-cards.ts'
import {
  findGroupByUid,
  findGroupFile,
  writeGroupFile,
  type GroupFile,
} from '../../labels/group-files.ts'
import { labelMembers } from '../../labels/membership.ts'
import { isGroupCurrent } from '../../labels/refresh-groups.ts'
import type { Services } from '../../services.ts'
import { patchGroupCard } from '../../vcard/patch-group-card.ts'
import { readCard } from '../../vcard/read-card.ts'
import { withUid } from '../../vcard/with-uid.ts'
import type { Conditions } from '../conditions.ts'
import type { Book } from '../resource.ts'
import { labelOf, newLabelOf, membersOf, partsOf, spread } from './group-label.ts'
import type { SentCard } from './incoming.ts'
import { otherKind, uidConflict, type PutCard } from './put-card.ts'
import { isCardAsServed, isServedAsCame } from './served-card.ts'

type Put = { book: Book; name: string; card: SentCard; conditions: Conditions }
type Writing = Pick<Services, 'database' | 'jobs' | 'turns'>

/**
 * Keeps the card of a group to the octet; its label is the one of its name, and its members have that.
 * Members come and go in short transactions before the card is kept, so that one that is broken off is only
 * sent again.
 * @throws {DavError} 403 `no-uid-conflict`, 412
 */
export function putGroup(services: Writing, author: Author, put: Put): Promise<PutCard> {
  return retryOnConflict(() => tryToPut(services, author, put))
}

/** @returns undefined where another group has come to this place, or gone from it, meanwhile */
async function tryToPut(services: Writing, author: Author, put: Put): Promise<PutCard | undefined> {
  const { read } = services.database
  const { book, name, card, conditions } = put
  const before = await findGroupFile(read, author.ownerId, book.id, name)
  await requireOwnUid(read, author, put, before)
  conditions.require(before && stateOfGroup(before))
  if (!before) return add(services, author, put)
  if (!isGroupAsServed(before, card)) return replace(services, author, put, before)
  const isKept =
    isServedAsSent(card) && (await isGroupCurrent({ ask: read, ownerId: author.ownerId }, before))
  return { outcome: 'unchanged', etag: isKept ? `"${before.etag}"` : null }
}

/**
 * Chooses the label of a new group under the lock in which its card is kept, so that no other group takes that. Until
 * all of many members have the label, the card names the first of them.
 */
async function add(services: Writing, author: Author, put: Put): Promise<PutCard | undefined> {
  const { ownerId } = author
  const { book, name, card } = put
  const id = randomUUIDv7()
  const text = withOwnUid(card, id)
  const [first = [], ...others] = partsOf(membersOf(card))
  const isAll = others.length === 0
  const isCurrent = await inBook(services.database, author, async (locked) => {
    const { ask } = locked
    if (await findGroupFile(ask, ownerId, book.id, name)) return undefined
    await requireOwnUid(ask, author, put, undefined)
    const label = await newLabelOf(locked, card.read.fullName ?? '')
    await labelMembers(locked, label.name, await findMemberIds(ask, ownerId, first))
    const begun = isAll ? text : withMembers(text, first)
    return keep(locked, put, { id, uid: card.uid ?? id, text: begun, labelId: label.id })
  })
  if (isCurrent === undefined) return undefined
  if (isAll) return { outcome: 'created', etag: etagFor(card, text, isCurrent) }
  const begun = await findGroupFile(services.database.read, ownerId, book.id, name)
  const conditions = { ...put.conditions, require: () => {} }
  const whole = begun && (await replace(services, author, { ...put, conditions }, begun))
  return whole && { ...whole, outcome: 'created' }
}

/** @returns undefined where it is not the group of before any more */
async function replace(
  services: Writing,
  author: Author,
  put: Put,
  before: GroupFile,
): Promise<PutCard | undefined> {
  const { ownerId } = author
  const { book, name, card } = put
  const label = await labelOf(services, author, card.read.fullName ?? '', before)
  await spread(services, author, label, card, before)
  const id = before.id ?? randomUUIDv7()
  const uid = card.uid ?? before.uidKey ?? id
  const text = withOwnUid(card, uid)
  const isCurrent = await inBook(services.database, author, async (locked) => {
    const now = await findGroupFile(locked.ask, ownerId, book.id, name)
    if (now?.id !== before.id) return undefined
    await requireOwnUid(locked.ask, author, put, now)
    put.conditions.require(stateOfGroup(now))
    return keep(locked, put, { id, uid, text, labelId: label.id })
  })
  if (isCurrent === undefined) return undefined
  return { outcome: 'changed', etag: etagFor(card, text, isCurrent) }
}

function withOwnUid({ uid, text }: SentCard, own: string): string {
  return uid === null ? withUid(text, own) : text
}

function withMembers(text: string, members: readonly string[]): string {
  const keys = new Set(members.map(memberKey))
  return patchGroupCard(text, {
    isRemoved: (uid) => !keys.has(memberKey(uid)),
    added: [],
    rev: new Date(),
  })
}

function isServedAsSent({ isVerbatim, text, version }: SentCard): boolean {
  return isVerbatim && isServedAsCame(text, version)
}

function etagFor(sent: SentCard, kept: string, isCurrent: boolean): string | null {
  const isKept = isCurrent && isServedAsSent(sent) && kept === sent.text
  return isKept ? `"${cardEtag(kept)}"` : null
}

/** A group's card as conditions ask of it. */
export function stateOfGroup({ etag, updatedAt }: GroupFile) {
  return { card_etag: etag, updated_at: updatedAt }
}

function isGroupAsServed({ card, etag, id, uidKey: uid }: GroupFile, sent: SentCard): boolean {
  return isCardAsServed({ card, card_etag: etag, id: id ?? '', uid }, sent)
}

/** A group's UID is neither a contact's nor another group's, and it keeps it. */
async function requireOwnUid(
  ask: Ask,
  author: Author,
  { book, name, card }: Put,
  before: GroupFile | undefined,
) {
  const { ownerId } = author
  const { uid } = card
  const there = await findFile(ask, ownerId, book.id, name)
  const contact = uid === null ? undefined : await findByUidIn(ask, ownerId, book.id, uid)
  const group = uid === null ? undefined : await findGroupByUid(ask, ownerId, book.id, uidKey(uid))
  if (contact && fileName(contact) === name) throw otherKind()
  if (contact) throw uidConflict(author, book, contact)
  const own = before?.uidKey ?? null
  const isOther = own !== null && uid !== null && own !== uidKey(uid)
  if (there && (!before || isOther)) throw uidConflict(author, book, there)
  const holder = group?.name ?? null
  if (holder !== null && holder !== name) {
    throw uidConflict(author, book, { id: group?.id ?? '', card_name: holder })
  }
}

/** @returns whether the card is as somebody would read it: contacts that had the label already are members, too */
async function keep(
  locked: LockedBook,
  { book, name, card }: Put,
  { id, uid, text, labelId }: { id: string; uid: string; text: string; labelId: string },
): Promise<boolean> {
  const key = uidKey(uid)
  const fingerprint = createHash('sha256').update(`group file ${book.id} ${key}`).digest('hex')
  const { version } = card
  const { fullName, members } = readCard(text)
  const group = {
    fingerprint,
    labelId,
    uidKey: key,
    name: fullName ?? '',
    version,
    card: text,
    bookId: book.id,
    number: 0,
    renamedFrom: null,
  }
  // No import brought it.
  await saveGroup(locked, firstBookId, group, members)
  await writeGroupFile(locked, { fingerprint, card: text, version, id, bookId: book.id, name })
  const kept = await findGroupFile(locked.ask, locked.ownerId, book.id, name)
  return kept !== undefined && (await isGroupCurrent(locked, kept))
}
