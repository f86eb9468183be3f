import { AppError } from '../errors.ts'
import { readCard } from '../vcard/read-card.ts'
import type { WantedContact } from './edit.ts'
import { isUnchanged } from './is-unchanged.ts'
import { fromColumns } from './store/columns.ts'
import type { BatchRow } from './store/find-batch.ts'
import type { LockedBook } from './store/locked-book.ts'
import type { RetiredLabel } from './store/snapshot.ts'
import type { StoredContact } from './store/stored-contact.ts'
import { updateContacts, type Update } from './store/write-many.ts'
import { cardChange } from './store/write-one.ts'
import { toStored } from './to-stored.ts'

/** The labels that a contact is to have; `categories` overrides what its card says of them. */
export type LabelEdit = Pick<WantedContact, 'labelIds' | 'categories'>

type Relabelling = {
  edit: (row: BatchRow) => LabelEdit
  /** The names of the owner's labels, by id; an id that is missing is no label any more. */
  names: ReadonlyMap<string, string>
  /** The label that the contacts lose because it is deleted. */
  retired?: RetiredLabel | null
}

/**
 * Gives contacts other labels, or the same under other names: their columns, their cards, and a
 * revision of what each was. The rows were read in the same locked book.
 * @returns how many were changed: a contact of which nothing changes keeps its revision
 */
export async function relabelContacts(
  book: LockedBook,
  rows: readonly BatchRow[],
  relabelling: Relabelling,
): Promise<number> {
  const updates = rows
    .map((row) => updateOf(row, relabelling))
    .filter(({ before, contact }) => !isUnchanged(before, contact))
  const { retired = null } = relabelling
  return (await updateContacts(book, updates, 'labelled', { retired })).size
}

/** The same, and moves them to the trash; those that are there stay there. */
export async function trashContacts(
  book: LockedBook,
  rows: readonly BatchRow[],
  relabelling: Relabelling,
): Promise<number> {
  const updates = rows.map((row) => updateOf(row, relabelling))
  const { retired = null } = relabelling
  return (await updateContacts(book, updates, 'deleted', { isTrashed: true, retired })).size
}

function updateOf(row: BatchRow, { edit, names }: Relabelling): Update & { before: BatchRow } {
  const contact = withLabels(row, edit(row), names)
  return { before: row, contact, card: cardChange(row.card, contact.card) }
}

function withLabels(
  row: BatchRow,
  { labelIds, categories }: LabelEdit,
  names: ReadonlyMap<string, string>,
): StoredContact {
  const known = labelIds.filter((id) => names.has(id))
  const wanted = { contact: fromColumns(row), labelIds: known, categories }
  const knownNames = known.map((id) => names.get(id) ?? '')
  try {
    return toStored(wanted, row, knownNames)
  } catch (error) {
    if (!(error instanceof AppError) || row.card === null) throw error
    // A card that is full keeps its categories: the ids are what counts.
    return toStored({ ...wanted, categories: readCard(row.card).categories }, row, knownNames)
  }
}
