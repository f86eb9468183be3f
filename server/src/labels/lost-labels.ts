import type { Ask } from '../db/ask.ts'
import { findOrCreateLabels, tooManyLabels } from './find-or-create.ts'
import { labelKey, labelName } from '../book/label-name.ts'
import { readCard } from '../vcard/read-card.ts'
import { findLosses } from './loss-queries.ts'

/** A label that a contact had, and that is no more. */
export type LostLabel = {
  /** The one that it had. */
  id: string
  name: string
  colour: string | null
  /** Whether it was deleted together with its contacts. */
  wentWithContacts: boolean
}

/**
 * What is known of labels that are no more: as they were when they went from the contact, else by
 * what went from its card with them.
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
 * Brings labels back, or finds those that are called so by now. In a transaction that has locked the
 * owner.
 * @returns their ids by those that they had
 * @throws AppError `conflict` when the owner would have too many labels
 */
export async function bringBackLabels(
  ask: Ask,
  ownerId: string,
  lost: readonly LostLabel[],
): Promise<Map<string, string>> {
  const colours = new Map(lost.map(({ name, colour }) => [name, colour]))
  const labels = await findOrCreateLabels(ask, ownerId, [...colours.keys()], colours)
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
  const left = new Set(categoriesOf(after).map(keyOf))
  const [name, ...others] = categoriesOf(before).filter((category) => {
    const key = keyOf(category)
    return key !== '' && !left.has(key)
  })
  return name === undefined || others.length > 0 ? null : { name, colour: null }
}

function categoriesOf(card: string | null): string[] {
  return card === null ? [] : readCard(card).categories
}

function keyOf(category: string): string {
  return labelKey(labelName(category) ?? '')
}
