import { categoryKey, isLabelOf, numberedName } from '../../book/label-name.ts'
import { memberKey } from '../../book/uid.ts'
import { relabelContacts } from '../../contacts/relabel-contacts.ts'
import { beforeFirstId, findAmong, type BatchRow } from '../../contacts/store/find-batch.ts'
import { findMemberIds } from '../../contacts/store/find-by-uid.ts'
import type { LockedBook } from '../../contacts/store/locked-book.ts'
import { labelNames } from '../../contacts/store/queries.ts'
import { labelIdsFor } from '../../labels/find-or-create.ts'
import { findNamedByOthers } from '../../labels/group-cards.ts'
import { hasGroupFile, type GroupFile } from '../../labels/group-files.ts'
import { changeLabelIn } from '../../labels/labels.ts'
import { labelMembers } from '../../labels/membership.ts'
import { findLabelsByKey } from '../../labels/queries.ts'
import type { Services } from '../../services.ts'
import { readCard } from '../../vcard/read-card.ts'
import { failed } from '../dav-error.ts'
import type { SentCard } from './incoming.ts'

type Label = { id: string; name: string }

const membersAtOnce = 200

/** The label of a group that changes: that of before, under its new name, or one of this name without a group. */
export async function labelOf(
  services: Pick<Services, 'jobs'>,
  book: LockedBook,
  name: string,
  { labelId: id, labelName }: GroupFile,
): Promise<Label> {
  if (isLabelOf(labelName, name)) return { id, name: labelName }
  const free = await findFree(book, name)
  if (free.label) return free.label
  await changeLabelIn(services, book, id, { name: free.name })
  return { id, name: free.name }
}

/** The label of a group that is new: one of its name without a group, or else another one. */
export async function newLabelOf(book: LockedBook, wanted: string): Promise<Label> {
  const { label, name } = await findFree(book, wanted)
  if (label) return label
  const [id] = await labelIdsFor(book, [name])
  if (id === undefined) throw failed(403, 'C:valid-address-data', 'The group has no name.')
  return { id, name }
}

/**
 * A name that no group's label has, and the label that has it. Where another group has the label of this name, a number
 * stands behind it, since two groups stay two.
 */
async function findFree({ ask, ownerId }: LockedBook, wanted: string) {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : numberedName(wanted, number)
    const [label] = await findLabelsByKey(ask, ownerId, [categoryKey(name)])
    if (!label || !(await hasGroupFile(ask, ownerId, label.id))) return { name, label }
  }
}

/** Gives the label to the members of a group's card, and takes it from those that are members no more. */
export async function labelMembersOf(
  book: LockedBook,
  label: Label,
  { read }: SentCard,
  before: GroupFile | undefined,
): Promise<void> {
  const { ask, ownerId } = book
  for (const ids of partsOf(await findMemberIds(ask, ownerId, read.members))) {
    await labelMembers(book, label.id, ids)
  }
  if (!before) return
  const keys = new Set(read.members.map(memberKey))
  // Of a group that became another label, only members of other groups of that keep the former one.
  const isSame = before.labelId === label.id
  const left = readCard(before.card).members.filter((uid) => !isSame || !keys.has(memberKey(uid)))
  const kept = isSame ? noKeys : await findNamedByOthers(ask, ownerId, before, left)
  const gone = left.filter((uid) => !kept.has(memberKey(uid)))
  for (const ids of partsOf(await findMemberIds(ask, ownerId, gone))) {
    await takeLabel(book, before.labelId, ids)
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

function* partsOf(ids: readonly string[]): Generator<string[]> {
  for (let at = 0; at < ids.length; at += membersAtOnce) yield ids.slice(at, at + membersAtOnce)
}
