import { categoryKey, isLabelOf, numberedName } from '../../book/label-name.ts'
import { memberKey } from '../../book/uid.ts'
import { relabelContacts } from '../../contacts/relabel-contacts.ts'
import { beforeFirstId, findAmong, type BatchRow } from '../../contacts/store/find-batch.ts'
import { findMemberIds } from '../../contacts/store/find-by-uid.ts'
import { inBook, type Author, type LockedBook } from '../../contacts/store/locked-book.ts'
import { labelNames } from '../../contacts/store/queries.ts'
import type { Ask } from '../../db/ask.ts'
import { labelIdsFor } from '../../labels/find-or-create.ts'
import { findNamedByOthers } from '../../labels/group-cards.ts'
import { hasGroupFile, type GroupFile } from '../../labels/group-files.ts'
import { changeLabel } from '../../labels/labels.ts'
import { labelMembers } from '../../labels/membership.ts'
import { findLabelsByKey } from '../../labels/queries.ts'
import type { Services } from '../../services.ts'
import { readCard } from '../../vcard/read-card.ts'
import { failed } from '../dav-error.ts'
import type { SentCard } from './incoming.ts'

type Label = { id: string; name: string }
type Writing = Pick<Services, 'database' | 'jobs' | 'turns'>

const membersAtOnce = 200

/** The label of a group that changes: that of before, under its new name, or one of this name without a group. */
export async function labelOf(
  services: Writing,
  author: Author,
  name: string,
  before: GroupFile,
): Promise<Label> {
  if (isLabelOf(before.labelName, name)) return { id: before.labelId, name: before.labelName }
  const free = await findFree(services.database.read, author.ownerId, name)
  return free.label ?? changeLabel(services, author, before.labelId, { name: free.name })
}

/** The label of a group that is new: one of its name without a group, or else another one. */
export async function newLabelOf(book: LockedBook, wanted: string): Promise<Label> {
  const { label, name } = await findFree(book.ask, book.ownerId, wanted)
  if (label) return label
  const [id] = await labelIdsFor(book, [name])
  if (id === undefined) throw failed(403, 'C:valid-address-data', 'The group has no name.')
  return { id, name }
}

/**
 * A name that no group's label has, and the label that has it. Where another group has the label of this name, a number
 * stands behind it, since two groups stay two.
 */
async function findFree(ask: Ask, ownerId: string, wanted: string) {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : numberedName(wanted, number)
    const [label] = await findLabelsByKey(ask, ownerId, [categoryKey(name)])
    if (!label || !(await hasGroupFile(ask, ownerId, label.id))) return { name, label }
  }
}

/** The UIDs of whom a card names as members, each once. */
export function membersOf({ read }: SentCard): string[] {
  return [...new Set(read.members)]
}

/** Gives the label to new members, and takes it from those that are members no more. */
export async function spread(
  { database }: Writing,
  author: Author,
  label: Label,
  card: SentCard,
  before: GroupFile,
) {
  const members = membersOf(card)
  const keys = new Set(members.map(memberKey))
  // Of a group that became another label, only members of other groups of that keep the former one.
  const isSame = before.labelId === label.id
  const left = readCard(before.card).members.filter((uid) => !isSame || !keys.has(memberKey(uid)))
  for (const some of partsOf(members)) {
    await inBook(database, author, async (book) => {
      const { ask, ownerId } = book
      await labelMembers(book, label.name, await findMemberIds(ask, ownerId, some))
    })
  }
  for (const some of partsOf(left)) {
    await inBook(database, author, async (book) => {
      const { ask, ownerId } = book
      const kept = isSame ? noKeys : await findNamedByOthers(ask, ownerId, before, some)
      const gone = some.filter((uid) => !kept.has(memberKey(uid)))
      await takeLabel(book, before.labelId, await findMemberIds(ask, ownerId, gone))
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

/** As many as one short transaction takes. */
export function partsOf(uids: readonly string[]): string[][] {
  const parts: string[][] = []
  for (let at = 0; at < uids.length; at += membersAtOnce)
    parts.push(uids.slice(at, at + membersAtOnce))
  return parts
}
