import { categoryKey } from '../book/label-name.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import type { Ask } from '../db/ask.ts'
import { readCard } from '../vcard/read-card.ts'
import { findOrCreateLabels, tooManyLabels } from './find-or-create.ts'
import { findLosses } from './loss-queries.ts'

/** A label that a contact had, and that does not exist any more. */
export type LostLabel = {
  /** The id that it had. */
  id: string
  name: string
  colour: string | null
  /** Whether it was deleted together with its contacts. */
  wentWithContacts: boolean
}

/**
 * What is known of lost labels: as they were when the contact lost them, else from the category that
 * left its card with them.
 */
export async function findLostLabels(
  read: Ask,
  ownerId: string,
  contactId: string,
  labelIds: readonly string[],
): Promise<LostLabel[]> {
  if (labelIds.length === 0) return []
  const losses = await findLosses(read, ownerId, contactId, labelIds)
  return losses.flatMap(({ id, label, wentWithContacts, before, after }) => {
    const known = label ?? labelIn(before, after)
    return known ? [{ id, name: known.name, colour: known.colour, wentWithContacts }] : []
  })
}

/**
 * Creates lost labels anew, or finds others that have their names now.
 * @returns their ids, by the ids of the lost ones
 * @throws AppError `conflict` when the owner would have too many labels
 */
export async function bringBackLabels(
  book: LockedBook,
  lost: readonly LostLabel[],
): Promise<Map<string, string>> {
  const colours = new Map(lost.map(({ name, colour }) => [name, colour]))
  const labels = await findOrCreateLabels(book, [...colours.keys()], colours)
  return new Map(
    lost.map(({ id, name }) => {
      const label = labels.get(name)
      if (!label) throw tooManyLabels()
      return [id, label.id]
    }),
  )
}

/**
 * The labels that a contact had, as far as they are there or have been brought back.
 * @param names of those that are there
 */
export function labelsNow(
  labelIds: readonly string[],
  names: ReadonlyMap<string, string>,
  again: ReadonlyMap<string, string>,
): string[] {
  return [...new Set(labelIds.flatMap((id) => (names.has(id) ? id : (again.get(id) ?? []))))]
}

/** The label that went from a card; of several that went at once, nobody knows which was which. */
function labelIn(before: string | null, after: string | null) {
  const left = new Set(categoriesOf(after).map(categoryKey))
  const [name, ...others] = categoriesOf(before).filter((category) => {
    const key = categoryKey(category)
    return key !== '' && !left.has(key)
  })
  return name === undefined || others.length > 0 ? null : { name, colour: null }
}

function categoriesOf(card: string | null): string[] {
  return card === null ? [] : readCard(card).categories
}
