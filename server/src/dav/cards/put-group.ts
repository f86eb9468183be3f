import { createHash, randomUUIDv7 } from 'node:crypto'
import { uidKey } from '../../book/uid.ts'
import { cardEtag } from '../../contacts/store/card-etag.ts'
import { findContactFile, firstBookId } from '../../contacts/store/card-files.ts'
import { inBook, type Author, type LockedBook } from '../../contacts/store/locked-book.ts'
import { saveGroup } from '../../labels/group-cards.ts'
import {
  findGroupFile,
  findUnlistedGroup,
  writeGroupFile,
  type GroupFile,
} from '../../labels/group-files.ts'
import { finishLabel } from '../../labels/labels.ts'
import { isGroupCurrent } from '../../labels/refresh-groups.ts'
import type { Services } from '../../services.ts'
import { readCard } from '../../vcard/read-card.ts'
import type { Conditions } from '../conditions.ts'
import { requireParent } from '../find-resource.ts'
import type { Book } from '../resource.ts'
import { labelMembersOf, labelOf, newLabelOf } from './group-label.ts'
import type { SentCard } from './incoming.ts'
import { otherKind, withKnownUid, type PutCard } from './put-card.ts'
import { isCardAsServed, isServedAsCame } from './served-card.ts'
import { requireFreeUid, uidConflict } from './uid-conflict.ts'

type Put = { book: Book; name: string; card: SentCard; conditions: Conditions }
type Writing = Pick<Services, 'database' | 'jobs' | 'turns'>

/**
 * Keeps the card of a group to the octet; its label is the one of its name, and its members have that. All of it is
 * one transaction, however many members come and go: a group that is broken off is as it was.
 * @throws {DavError} 403 `no-uid-conflict`, 409, 412
 */
export async function putGroup(services: Writing, author: Author, put: Put): Promise<PutCard> {
  const { labelId, ...answer } = await inBook(services.database, author, (locked) =>
    putIn(services, locked, put),
  )
  await finishLabel(services, author, labelId)
  return answer
}

async function putIn(
  services: Writing,
  locked: LockedBook,
  put: Put,
): Promise<PutCard & { labelId: string }> {
  const { ask, ownerId } = locked
  const { book, name, card, conditions } = put
  await requireParent(locked, book)
  const there = await findGroupFile(ask, ownerId, book.id, name)
  await requireOwnPlace(locked, put, there)
  conditions.require(there && stateOfGroup(there))
  const id = there?.id ?? randomUUIDv7()
  const knownUid = there?.uidKey ?? id
  const named = withKnownUid(card, knownUid)
  if (there && isGroupAsServed(there, named)) {
    const isKept = isServedAsSent(card, named) && (await isGroupCurrent(locked, there))
    const etag = isKept ? `"${there.etag}"` : null
    return { outcome: 'unchanged', etag, labelId: there.labelId }
  }
  const before = there ?? (await findUnlisted(locked, put))
  const wanted = card.read.fullName ?? ''
  const label = before
    ? await labelOf(services, locked, wanted, before)
    : await newLabelOf(locked, wanted)
  await labelMembersOf(locked, label, card, before)
  const uid = card.uid ?? knownUid
  const isCurrent = await keep(locked, put, { id, uid, text: named.text, labelId: label.id })
  const etag = etagFor(card, named, isCurrent)
  return { outcome: there ? 'changed' : 'created', etag, labelId: label.id }
}

/** A group that came with an import, and that has no place until it is listed, takes this one. */
async function findUnlisted({ ask, ownerId }: LockedBook, { book, card: { uid } }: Put) {
  return uid === null ? undefined : findUnlistedGroup(ask, ownerId, book.id, uidKey(uid))
}

function isServedAsSent({ isVerbatim, text, version }: SentCard, kept: SentCard): boolean {
  return isVerbatim && kept.text === text && isServedAsCame(text, version)
}

function etagFor(sent: SentCard, kept: SentCard, isCurrent: boolean): string | null {
  return isCurrent && isServedAsSent(sent, kept) ? `"${cardEtag(kept.text)}"` : null
}

/** A group's card as conditions ask of it. */
export function stateOfGroup({ etag, updatedAt }: GroupFile) {
  return { card_etag: etag, updated_at: updatedAt }
}

function isGroupAsServed({ card, etag, id, uidKey: uid }: GroupFile, sent: SentCard): boolean {
  return isCardAsServed({ card, card_etag: etag, id: id ?? '', uid }, sent)
}

/** A group's UID is neither a contact's nor another group's, and it keeps it. */
async function requireOwnPlace(
  locked: LockedBook,
  { book, name, card: { uid } }: Put,
  there: GroupFile | undefined,
) {
  const { ask, ownerId } = locked
  const contact = there ? undefined : await findContactFile(ask, ownerId, book.id, name)
  if (contact) {
    const isSame = uid === null || uidKey(uid) === uidKey(contact.uid ?? contact.id)
    throw isSame ? otherKind() : uidConflict(locked, book, contact)
  }
  if (uid === null) return
  const own = there?.uidKey ?? null
  if (there && own !== null && own !== uidKey(uid)) {
    throw uidConflict(locked, book, { id: there.id, card_name: name })
  }
  await requireFreeUid(
    locked,
    book,
    uid,
    ({ id, is_group }) => is_group && (id === null || id === there?.id),
  )
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
