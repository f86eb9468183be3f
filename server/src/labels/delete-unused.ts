import type { LockedBook } from '../contacts/store/locked-book.ts'
import { countChanges, ownerOfMany } from '../contacts/store/write-steps.ts'
import { manyRows, rowsOf, sql, step, writeOf } from '../db/steps.ts'

/** Deletes those of the labels that no contact has and no group is; contacts in the trash do not count. */
export async function deleteUnusedLabels(
  { ask, ownerId }: LockedBook,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await ask(deletingUnused, [ownerId, ids])
}

const deleted = manyRows('deleted', 'id uuid')
const deletingUnused = writeOf({
  steps: [
    countChanges('cardinality($2::uuid[])'),
    step(
      deleted,
      sql`delete from labels where owner_id = $1 and id = any ($2::uuid[]) and not exists (
        select from contacts
        where contacts.owner_id = $1 and deleted_at is null and label_ids <> '{}'
          and label_ids @> array[labels.id]
      ) and not exists (
        select from group_cards where group_cards.owner_id = $1 and label_id = labels.id
      )
      returning id`,
    ),
    step(
      'tombstone',
      sql`insert into label_tombstones (owner_id, label_id, modseq)
    ${rowsOf({
      values: '$1, deleted.id, owner.before + row_number() over (order by deleted.id)',
      from: [deleted, ownerOfMany],
    })}
    on conflict (owner_id, label_id) do nothing`,
    ),
  ],
})
