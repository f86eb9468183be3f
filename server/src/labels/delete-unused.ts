import type { LockedBook } from '../contacts/store/locked-book.ts'

/** Deletes those of the labels that no contact has; contacts in the trash do not count. */
export async function deleteUnusedLabels(
  { ask, ownerId }: LockedBook,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await ask(
    `with owner as (
      update owners set modseq = modseq + cardinality($2::uuid[]) where id = $1
      returning modseq - cardinality($2::uuid[]) as before
    ),
    deleted as (
      delete from labels where owner_id = $1 and id = any ($2::uuid[]) and not exists (
        select from contacts
        where contacts.owner_id = $1 and deleted_at is null and label_ids <> '{}'
          and label_ids @> array[labels.id]
      )
      returning id
    )
    insert into label_tombstones (owner_id, label_id, modseq)
    select $1, deleted.id, owner.before + row_number() over (order by deleted.id)
    from deleted, owner
    on conflict (owner_id, label_id) do nothing`,
    [ownerId, ids],
  )
}
