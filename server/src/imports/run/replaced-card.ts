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
 * the labels goes into the new one, which phones and other programs read. A label of a group may be stated by the
 * group's own card alone.
 * @param asCame the contact with the new card to the octet
 * @param names of the labels, by their ids
 * @param ofGroups the labels that groups have
 */
export async function withReplacedCard(
  book: LockedBook,
  row: FoundRow,
  { text, read }: CardEntry,
  asCame: StoredContact,
  names: ReadonlyMap<string, string>,
  ofGroups: ReadonlySet<string>,
): Promise<StoredContact> {
  const there = new Set(read.categories.map(categoryKey))
  const unstated = row.label_ids.flatMap((id) => {
    const name = names.get(id)
    return name === undefined || there.has(labelKey(name))
      ? []
      : [{ name, isOfGroup: ofGroups.has(id) }]
  })
  const old = unstated.some(({ isOfGroup }) => isOfGroup) ? await statedIn(book, row) : noKeys
  const missing = unstated
    .filter(
      ({ name, isOfGroup }) => !isOfGroup || row.card_hash === null || old.has(labelKey(name)),
    )
    .map(({ name }) => name)
  if (missing.length === 0) return asCame
  const { labelIds } = asCame
  const namesNow = labelIds.flatMap((id) => names.get(id) ?? [])
  const wanted = {
    contact: read.contact,
    labelIds,
    card: text,
    categories: [...read.categories, ...missing],
  }
  try {
    return toStored(wanted, { ...row, card: null }, namesNow)
  } catch (error) {
    // A card that is full stays as it came: the ids are what counts.
    if (refusalOf(error)) return asCame
    throw error
  }
}

const noKeys: ReadonlySet<string> = new Set()

/** The row with its card, which need not be asked for where there is none. */
export async function withCard(
  { ask, ownerId }: LockedBook,
  row: FoundRow,
): Promise<CardedRow | undefined> {
  return row.card_hash === null
    ? { ...row, card: null, card_version: null }
    : findWhole(ask, ownerId, row.id)
}

/** The keys of the labels that a contact's card states. */
async function statedIn(book: LockedBook, row: FoundRow): Promise<ReadonlySet<string>> {
  const card = (await withCard(book, row))?.card ?? null
  return card === null ? noKeys : new Set(readCard(card).categories.map(categoryKey))
}
