import { maxLabelsOfContact } from '../book/contact.ts'
import { relabelContacts } from '../contacts/relabel-contacts.ts'
import { beforeFirstId, findAmong, type BatchRow } from '../contacts/store/find-batch.ts'
import { inBook, type Author, type LockedBook } from '../contacts/store/locked-book.ts'
import { labelNames } from '../contacts/store/queries.ts'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { useGenericPlans } from '../db/generic-plans.ts'
import { invalidInput, type FieldError } from '../errors.ts'
import { readCard } from '../vcard/read-card.ts'
import { labelNotFound, readLabel } from './labels.ts'
import { findLabelsOf } from './queries.ts'
import type { LabelMembers, LabelMembersChanged } from './schema.ts'

const maxReportedErrors = 20

/**
 * Gives a label to many contacts and takes it from others, in short transactions: a client that got
 * no answer asks again.
 * @throws AppError `not_found` for the label; `invalid`, before anything is changed, when an id is
 *   none of the owner's contacts
 */
export async function changeMembers(
  database: Pick<OpenDatabase, 'read' | 'transaction'>,
  author: Author,
  labelId: string,
  input: LabelMembers,
): Promise<LabelMembersChanged> {
  const { read } = database
  const { ownerId } = author
  await readLabel(read, ownerId, labelId)
  const add = (input.add ?? []).map((id) => id.toLowerCase())
  const remove = (input.remove ?? []).map((id) => id.toLowerCase())
  await refuseStrangers(read, ownerId, labelId, add, remove)
  const added = await changeAll(database, author, labelId, add, (ids) => withLabel(ids, labelId))
  const removed = await changeAll(database, author, labelId, remove, (ids) =>
    ids.filter((id) => id !== labelId),
  )
  const { contacts } = await readLabel(read, ownerId, labelId)
  return { added, removed, contacts }
}

/**
 * Gives a group's label to its members, whose cards stay as they are. For a few hundred contacts at most; ids of no
 * contact are passed over.
 * @returns how many did not have it before
 */
export async function labelMembers(
  book: LockedBook,
  labelId: string,
  contactIds: readonly string[],
): Promise<number> {
  const edit = (row: BatchRow) => ({
    labelIds: withLabel(row.label_ids, labelId),
    ...(row.card !== null && { categories: readCard(row.card).categories }),
  })
  let labelled = 0
  for (let after = beforeFirstId; ;) {
    const rows = await findAmong(book.ask, book.ownerId, contactIds, after)
    const last = rows.at(-1)
    if (!last) return labelled
    const names = await namesFor(book, rows, labelId)
    labelled += await relabelContacts(book, rows, { edit, names })
    after = last.id
  }
}

async function refuseStrangers(
  read: Ask,
  ownerId: string,
  labelId: string,
  add: string[],
  remove: string[],
) {
  const labelsOf = new Map(
    (await findLabelsOf(read, ownerId, [...add, ...remove])).map((row) => [row.id, row.label_ids]),
  )
  const adding = new Set(add)
  const errors = [
    ...add.map((id, at) => ({
      pointer: `/add/${at}`,
      detail: refusalOf(labelsOf.get(id), labelId),
    })),
    ...remove.map((id, at) => ({
      pointer: `/remove/${at}`,
      detail: adding.has(id) ? 'is also among those to add.' : refusalOf(labelsOf.get(id), labelId),
    })),
  ].filter((error): error is FieldError => error.detail !== undefined)
  if (errors.length > 0) throw invalidInput(errors.slice(0, maxReportedErrors))
}

function refusalOf(labelIds: string[] | undefined, labelId: string): string | undefined {
  if (!labelIds) return 'is not one of your contacts.'
  const isFull = labelIds.length >= maxLabelsOfContact && !labelIds.includes(labelId)
  return isFull ? `has ${maxLabelsOfContact} labels already.` : undefined
}

async function changeAll(
  database: Pick<OpenDatabase, 'transaction'>,
  author: Author,
  labelId: string,
  ids: readonly string[],
  relabel: (labelIds: readonly string[]) => string[],
): Promise<number> {
  const edit = (row: BatchRow) => ({ labelIds: relabel(row.label_ids) })
  let changed = 0
  const changeBatch = (after: string) =>
    inBook(database, author, async (book) => {
      await useGenericPlans(book.ask)
      const rows = await findAmong(book.ask, book.ownerId, ids, after)
      const names = await namesFor(book, rows, labelId)
      // Deleted since the caller looked.
      if (!names.has(labelId)) throw labelNotFound()
      changed += await relabelContacts(book, rows, { edit, names })
      return rows.at(-1)?.id
    })
  let after: string | undefined = ids.length > 0 ? beforeFirstId : undefined
  while (after !== undefined) after = await changeBatch(after)
  return changed
}

function namesFor({ ask, ownerId }: LockedBook, rows: readonly BatchRow[], labelId: string) {
  return labelNames(ask, ownerId, [...new Set([labelId, ...rows.flatMap((row) => row.label_ids)])])
}

/** A contact that is full, because it got others meanwhile, stays as it is. */
function withLabel(labelIds: readonly string[], labelId: string): string[] {
  const isFull = labelIds.length >= maxLabelsOfContact
  return labelIds.includes(labelId) || isFull ? [...labelIds] : [...labelIds, labelId]
}
