import { createHash, randomUUIDv7 } from 'node:crypto'
import { categoryKey, isLabelOf, numberedName } from '../../book/label-name.ts'
import { memberKey, uidKey } from '../../book/uid.ts'
import { retryOnConflict } from '../../contacts/change.ts'
import { relabelContacts } from '../../contacts/relabel-contacts.ts'
import { cardEtag } from '../../contacts/store/card-etag.ts'
import { fileName, findByUidIn, findFile, firstBookId } from '../../contacts/store/card-files.ts'
import { beforeFirstId, findAmong, type BatchRow } from '../../contacts/store/find-batch.ts'
import { findMemberIds } from '../../contacts/store/find-by-uid.ts'
import { inBook, type Author, type LockedBook } from '../../contacts/store/locked-book.ts'
import { labelNames } from '../../contacts/store/queries.ts'
import type { Ask } from '../../db/ask.ts'
import { labelIdsFor } from '../../labels/find-or-create.ts'
import { findNamedByOthers, saveGroup } from '../../labels/group-cards.ts'
import {
  findGroupByUid,
  findGroupFile,
  hasGroupFile,
  writeGroupFile,
  type GroupFile,
} from '../../labels/group-files.ts'
import { changeLabel } from '../../labels/labels.ts'
import { labelMembers } from '../../labels/membership.ts'
import { findLabelsByKey } from '../../labels/queries.ts'
import { isGroupCurrent } from '../../labels/refresh-groups.ts'
import type { Services } from '../../services.ts'
import { readCard } from '../../vcard/read-card.ts'
import { withUid } from '../../vcard/with-uid.ts'
import type { Conditions } from '../conditions.ts'
import { failed } from '../dav-error.ts'
import type { Book } from '../resource.ts'
import type { SentCard } from './incoming.ts'
import { otherKind, uidConflict, type PutCard } from './put-card.ts'
import { isCardAsServed, isServedAsCame } from './served-card.ts'

type Put = { book: Book; name: string; card: SentCard; conditions: Conditions }
type Label = { id: string; name: string }
type Writing = Pick<Services, 'database' | 'jobs' | 'turns'>

const membersAtOnce = 200

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
  const { database } = services
  const { ownerId } = author
  const { book, name, card } = put
  const before = await findGroupFile(database.read, ownerId, book.id, name)
  await requireOwnUid(database.read, author, put, before)
  const isServedAsSent = card.isVerbatim && isServedAsCame(card.text, card.version)
  if (before && isGroupAsServed(before, card)) {
    put.conditions.require(stateOfGroup(before))
    const isKept = isServedAsSent && (await isGroupCurrent({ ask: database.read, ownerId }, before))
    return { outcome: 'unchanged', etag: isKept ? `"${before.etag}"` : null }
  }
  put.conditions.require(before && stateOfGroup(before))
  const label = await labelOf(services, author, card, before)
  await spread(services, author, label, card, before)
  const id = before?.id ?? randomUUIDv7()
  const text = card.uid === null ? withUid(card.text, before?.uidKey ?? id) : card.text
  const isCurrent = await inBook(database, author, async (locked) => {
    const now = await findGroupFile(locked.ask, ownerId, book.id, name)
    if (now?.id !== before?.id) return undefined
    await requireOwnUid(locked.ask, author, put, now)
    put.conditions.require(now && stateOfGroup(now))
    await keep(locked, put, { id, text, labelId: label.id })
    const kept = await findGroupFile(locked.ask, ownerId, book.id, name)
    // Contacts that had the label already are members whom the card does not name yet.
    return kept !== undefined && (await isGroupCurrent(locked, kept))
  })
  if (isCurrent === undefined) return undefined
  const isKept = isCurrent && isServedAsSent && text === card.text
  const etag = isKept ? `"${cardEtag(text)}"` : null
  return { outcome: before ? 'changed' : 'created', etag }
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

/**
 * The label of a group: that of before, under its new name, or one of this name. Where another group has that,
 * a number stands behind it, since two groups stay two.
 */
async function labelOf(
  services: Writing,
  author: Author,
  { read: { fullName } }: SentCard,
  before: GroupFile | undefined,
): Promise<Label> {
  const { read } = services.database
  const { ownerId } = author
  const name = fullName ?? ''
  if (before && isLabelOf(before.labelName, name)) {
    return { id: before.labelId, name: before.labelName }
  }
  for (let number = 1; ; number++) {
    const wanted = number === 1 ? name : numberedName(name, number)
    const [there] = await findLabelsByKey(read, ownerId, [categoryKey(wanted)])
    if (there && (await hasGroupFile(read, ownerId, there.id))) continue
    if (there) return there
    if (before) return changeLabel(services, author, before.labelId, { name: wanted })
    return inBook(services.database, author, (book) => newLabel(book, wanted))
  }
}

async function newLabel(book: LockedBook, name: string): Promise<Label> {
  const [id] = await labelIdsFor(book, [name])
  if (id === undefined) throw failed(403, 'C:valid-address-data', 'The group has no name.')
  return { id, name }
}

/** Gives the label to new members, and takes it from those that are members no more. */
async function spread(
  { database }: Writing,
  author: Author,
  label: Label,
  { read }: SentCard,
  before: GroupFile | undefined,
) {
  const members = [...new Set(read.members)]
  const keys = new Set(members.map(memberKey))
  const former = before ? readCard(before.card).members : []
  // Of a group that became another label, only members of other groups of that keep the former one.
  const isSame = before?.labelId === label.id
  const left = former.filter((uid) => !isSame || !keys.has(memberKey(uid)))
  for (const some of partsOf(members)) {
    await inBook(database, author, async (book) => {
      const { ask, ownerId } = book
      await labelMembers(book, label.name, await findMemberIds(ask, ownerId, some))
    })
  }
  for (const some of partsOf(left)) {
    await inBook(database, author, async (book) => {
      const { ask, ownerId } = book
      const kept = before && !isSame ? await findNamedByOthers(ask, ownerId, before, some) : noKeys
      const gone = some.filter((uid) => !kept.has(memberKey(uid)))
      const ids = await findMemberIds(ask, ownerId, gone)
      await takeLabel(book, before?.labelId ?? label.id, ids)
    })
  }
}

const noKeys: ReadonlySet<string> = new Set()

async function takeLabel(book: LockedBook, labelId: string, ids: readonly string[]) {
  const edit = (row: BatchRow) => ({ labelIds: row.label_ids.filter((id) => id !== labelId) })
  for (let after = beforeFirstId; ;) {
    const rows = await findAmong(book.ask, book.ownerId, ids, after)
    const last = rows.at(-1)
    if (!last) return
    const wanted = [...new Set(rows.flatMap((row) => row.label_ids))]
    const names = await labelNames(book.ask, book.ownerId, wanted)
    await relabelContacts(book, rows, { edit, names })
    after = last.id
  }
}

async function keep(
  book: LockedBook,
  { book: { id: bookId }, name, card }: Put,
  { id, text, labelId }: { id: string; text: string; labelId: string },
) {
  const key = uidKey(card.uid ?? id)
  const fingerprint = createHash('sha256').update(`group file ${bookId} ${key}`).digest('hex')
  const group = {
    fingerprint,
    labelId,
    uidKey: key,
    name: card.read.fullName ?? '',
    version: card.version,
    card: text,
    bookId,
    number: 0,
    renamedFrom: null,
  }
  // No import brought it.
  await saveGroup(book, firstBookId, group, card.read.members)
  await writeGroupFile(book, { fingerprint, card: text, version: card.version, id, bookId, name })
}

function partsOf(uids: readonly string[]): string[][] {
  const parts: string[][] = []
  for (let at = 0; at < uids.length; at += membersAtOnce)
    parts.push(uids.slice(at, at + membersAtOnce))
  return parts
}
