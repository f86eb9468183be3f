import { randomUUIDv7 } from 'node:crypto'
import { isLabelOf } from '../book/label-name.ts'
import { memberKey } from '../book/uid.ts'
import { findMembers } from '../contacts/store/find-by-uid.ts'
import { inBook, type Author, type LockedBook } from '../contacts/store/locked-book.ts'
import type { OpenDatabase } from '../db/database.ts'
import { patchGroupCard } from '../vcard/patch-group-card.ts'
import { readCard } from '../vcard/read-card.ts'
import { saveMembers } from './group-cards.ts'
import {
  findLabelledUids,
  isSomeGroupStale,
  listGroupFiles,
  markGroupsChecked,
  writeGroupFile,
  type GroupFile,
} from './group-files.ts'
import { findLeftMembers } from './left-members.ts'

const membersAtOnce = 200

/**
 * Brings the cards of the owner's groups up to date with their labels, before somebody reads them: names and
 * members that have changed since. Members that are no contacts yet stay. Where nothing has changed in the
 * book, this is one look at it.
 */
export async function refreshGroups(
  database: Pick<OpenDatabase, 'read' | 'transaction'>,
  author: Author,
): Promise<void> {
  if (!(await isSomeGroupStale(database.read, author.ownerId))) return
  await inBook(database, author, refreshGroupsIn)
}

/** The same in a book that is locked already. */
export async function refreshGroupsIn(book: LockedBook): Promise<void> {
  for (const group of await listGroupFiles(book.ask, book.ownerId)) await refresh(book, group)
  await markGroupsChecked(book)
}

async function refresh(book: LockedBook, group: GroupFile): Promise<void> {
  const card = await currentCard(book, group)
  if (card === group.card && group.etag !== null) return
  const { fingerprint, bookId, version } = group
  const id = group.id ?? randomUUIDv7()
  const name = group.name ?? `${id}.vcf`
  await saveMembers(book, fingerprint, readCard(card).members)
  await writeGroupFile(book, { fingerprint, card, version, id, bookId, name })
}

/** Whether the card of a group is as somebody would read it now. */
export async function isGroupCurrent(
  book: Pick<LockedBook, 'ask' | 'ownerId'>,
  group: GroupFile,
): Promise<boolean> {
  return (await currentCard(book, group)) === group.card
}

/** The card with the name of its label, and the members that have it. */
async function currentCard(
  { ask, ownerId }: Pick<LockedBook, 'ask' | 'ownerId'>,
  group: GroupFile,
): Promise<string> {
  const { card, fingerprint, labelId, labelName } = group
  const { fullName, members } = readCard(card)
  const labelled = await findLabelledUids(ask, ownerId, labelId)
  const keys = new Set(labelled.map(memberKey))
  const named = new Set(members.map(memberKey))
  const others = members.filter((uid) => !keys.has(memberKey(uid)))
  const gone = new Set<string>()
  for (let at = 0; at < others.length; at += membersAtOnce) {
    const found = await findMembers(ask, ownerId, others.slice(at, at + membersAtOnce))
    for (const uid of found.keys()) gone.add(uid)
  }
  if (gone.size < others.length) {
    const left = (await findLeftMembers(ask, ownerId, [fingerprint])).get(fingerprint)
    for (const uid of others) if (left?.has(memberKey(uid))) gone.add(uid)
  }
  const isRenamed = !isLabelOf(labelName, fullName ?? '')
  return patchGroupCard(card, {
    name: isRenamed ? labelName : undefined,
    isRemoved: (uid) => gone.has(uid),
    added: labelled.filter((uid) => !named.has(memberKey(uid))),
    rev: new Date(),
  })
}
