import { categoryKey, labelKey } from '../../book/label-name.ts'
import type { FoundRow } from '../../contacts/store/find-by-uid.ts'
import type { LockedBook } from '../../contacts/store/locked-book.ts'
import { findWhole } from '../../contacts/store/queries.ts'
import type { CardedRow } from '../../contacts/store/rows.ts'
import type { StoredContact } from '../../contacts/store/stored-contact.ts'
import { toStored } from '../../contacts/to-stored.ts'
import { readCard } from '../../vcard/read-card.ts'
import type { CardEntry } from '../file/entry.ts'
import { refusalOf } from '../remarks/refused.ts'

/**
 * A contact whose card an imported one replaces. An import takes no label away, so what the old card states of
 * the labels goes into the new one, which phones and other programs read. A label that the old one does not
 * state came from a group, whose own card states it.
 * @param asCame the contact with the new card to the octet
 * @param names of the labels, by their ids
 */
export async function withReplacedCard(
  book: LockedBook,
  row: FoundRow,
  { text, read }: CardEntry,
  asCame: StoredContact,
  names: ReadonlyMap<string, string>,
): Promise<StoredContact> {
  const stated = new Set(read.categories.map(categoryKey))
  const unstated = row.label_ids
    .flatMap((id) => names.get(id) ?? [])
    .filter((name) => !stated.has(labelKey(name)))
  if (unstated.length === 0) return asCame
  const before = await withCard(book, row)
  const missing = before ? statedIn(before, unstated) : []
  if (!before || missing.length === 0) return asCame
  const { labelIds } = asCame
  const namesNow = labelIds.flatMap((id) => names.get(id) ?? [])
  const categories = [...read.categories, ...missing]
  try {
    const wanted = { contact: read.contact, labelIds, card: text, categories }
    return toStored(wanted, before, namesNow)
  } catch (error) {
    // A card that is full stays as it came: the ids are what counts.
    if (refusalOf(error)) return asCame
    throw error
  }
}

/** The row with its card, which need not be asked for where there is none. */
export async function withCard(
  { ask, ownerId }: LockedBook,
  row: FoundRow,
): Promise<CardedRow | undefined> {
  return row.card_hash === null
    ? { ...row, card: null, card_version: null }
    : findWhole(ask, ownerId, row.id)
}

/** Those of a contact's labels that its card states; without a card, all of them. */
function statedIn({ card }: CardedRow, names: readonly string[]): string[] {
  if (card === null) return [...names]
  const stated = new Set(readCard(card).categories.map(categoryKey))
  return names.filter((name) => stated.has(labelKey(name)))
}
