import { maxLabelsOfContact } from '../../book/contact.ts'
import { categoryKey, labelKey } from '../../book/label-name.ts'
import type { LockedBook } from '../../contacts/store/locked-book.ts'
import { labelNames } from '../../contacts/store/queries.ts'
import type { CardedRow } from '../../contacts/store/rows.ts'
import { findOrCreateLabels } from '../../labels/find-or-create.ts'
import { readCard } from '../../vcard/read-card.ts'
import type { SentCard } from './incoming.ts'

/** Labels with their names, in the same order. */
export type Labels = { ids: string[]; names: string[] }

export const noLabels: Labels = { ids: [], names: [] }

/**
 * The labels of a contact whose card came: its categories, each a label, and those that stand in no category
 * because they came from groups. Labels beyond what an owner or a contact may have stay in the card alone.
 * @param before the contact that the card replaces
 * @param groupIds the labels of groups that name the card as a member
 */
export async function labelsOfCard(
  book: LockedBook,
  { read }: Pick<SentCard, 'read'>,
  before: CardedRow | undefined,
  groupIds: readonly string[],
): Promise<Labels> {
  const found = await findOrCreateLabels(book, read.categories)
  const stated = read.categories.flatMap((category) => found.get(category)?.id ?? [])
  const others = before ? await labelsBeside(book, before) : []
  const ids = [...new Set([...stated, ...others, ...groupIds])].slice(0, maxLabelsOfContact)
  const names = await labelNames(book.ask, book.ownerId, ids)
  const known = ids.filter((id) => names.has(id))
  return { ids: known, names: known.map((id) => names.get(id) ?? '') }
}

/** The labels of a contact that are no categories of its card. */
async function labelsBeside(book: LockedBook, row: CardedRow): Promise<string[]> {
  if (row.label_ids.length === 0) return []
  const names = await labelNames(book.ask, book.ownerId, row.label_ids)
  const categories = row.card === null ? [...names.values()] : readCard(row.card).categories
  const stated = new Set(categories.map(categoryKey))
  return row.label_ids.filter((id) => !stated.has(labelKey(names.get(id) ?? '')))
}
