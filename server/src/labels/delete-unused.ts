import type { Ask } from '../db/ask.ts'

/**
 * Deletes those of the labels that no contact has, those in the trash not counted. In a transaction
 * that has locked the owner.
 */
export async function deleteUnusedLabels(
  write: Ask,
  ownerId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await write(
    `delete from labels where owner_id = $1 and id = any ($2::uuid[]) and not exists (
      select from contacts
      where contacts.owner_id = $1 and deleted_at is null and label_ids <> '{}'
        and label_ids @> array[labels.id]
    )`,
    [ownerId, ids],
  )
}
