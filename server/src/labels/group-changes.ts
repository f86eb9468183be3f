import type { Ask } from '../db/ask.ts'
import type { GroupCard } from './group-cards.ts'

/** What is there of a group: its label, and the number of the change that gave it its card; null without a card. */
export type GroupState = { change: number | null }

/**
 * The state of a group whose card is, or is to be, in this book under a label.
 * @returns undefined when the label is not there, or no longer
 */
export async function findGroupState(
  ask: Ask,
  ownerId: string,
  labelId: string,
  { fingerprint, bookId, uidKey }: Pick<GroupCard, 'fingerprint' | 'uidKey'> & { bookId: string },
): Promise<GroupState | undefined> {
  const rows = await ask<GroupState>(
    `select group_change as change from labels left join lateral (
      select group_change from group_cards
      where owner_id = $1 and (
        fingerprint = decode($3, 'hex') or (book_id = $4::uuid and uid_key = $5::text)
      )
      order by fingerprint = decode($3, 'hex') desc limit 1
    ) same on true
    where labels.owner_id = $1 and labels.id = $2 and labels.name_key is not null`,
    [ownerId, labelId, fingerprint, bookId, uidKey],
  )
  return rows[0]
}
