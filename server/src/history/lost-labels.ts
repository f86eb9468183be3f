import type { Ask } from '../db/ask.ts'
import { labelKey, labelName } from '../labels/name.ts'
import { readCard } from '../vcard/read-card.ts'
import { findLosses } from './queries.ts'

/**
 * The names of labels that are no more, as the contact's card had them last: what went from its
 * categories together with the label. Of a contact without a card, and of a label that came as a
 * group, no name is known.
 */
export async function lostLabelNames(
  read: Ask,
  ownerId: string,
  contactId: string,
  labelIds: readonly string[],
): Promise<string[]> {
  if (labelIds.length === 0) return []
  const losses = await findLosses(read, ownerId, contactId, labelIds)
  return losses.flatMap(({ before, after }) => {
    const left = new Set(categoriesOf(after).map(keyOf))
    const gone = categoriesOf(before).filter((category) => !left.has(keyOf(category)))
    // Of several that went at once, nobody knows which was which.
    return gone.length === 1 ? gone : []
  })
}

function categoriesOf(card: string | null): string[] {
  return card === null ? [] : readCard(card).categories
}

function keyOf(category: string): string {
  return labelKey(labelName(category) ?? '')
}
