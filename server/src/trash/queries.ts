import type { LockedBook } from '../contacts/store/locked-book.ts'
import type { Page } from '../contacts/store/order.ts'
import { columns, type ContactRow } from '../contacts/store/rows.ts'
import type { StoredSnapshot } from '../contacts/store/snapshot.ts'
import type { Ask } from '../db/ask.ts'
import { bind } from '../db/bind.ts'
import type { Aging } from '../db/purge.ts'

/** A contact in the trash, and how many there are. */
export type TrashedRow = ContactRow & {
  deleted_at: string
  /** The contact that it was merged into. */
  merged_into: string | null
  place: string
  total: number
}

/** A page of the owner's trash, newest first, and one more row where there is a next page. */
export function listTrash(read: Ask, ownerId: string, { after, limit }: Page) {
  const { values, add } = bind([ownerId])
  const behind = after
    ? `and (deleted_at, id) < (${add(after.key)}::timestamptz, ${add(after.id)}::uuid)`
    : ''
  return read<TrashedRow>(
    `select ${columns}, deleted_at, merged_into, deleted_at as place,
      (select count(*) from contacts where owner_id = $1 and deleted_at is not null) as total
    from contacts
    where owner_id = $1 and deleted_at is not null ${behind}
    order by deleted_at desc, id desc limit ${add(limit + 1)}`,
    values,
  )
}

export async function countTrash(read: Ask, ownerId: string): Promise<number> {
  const rows = await read<{ count: number }>(
    'select count(*) from contacts where owner_id = $1 and deleted_at is not null',
    [ownerId],
  )
  return rows[0]?.count ?? 0
}

/** What a contact was, with its card, before it last went to the trash. */
export async function findTrashedSnapshot(read: Ask, ownerId: string, contactId: string) {
  const rows = await read<{ snapshot: StoredSnapshot; card: string | null }>(
    `select contact as snapshot, card from contact_revisions
    where owner_id = $1 and contact_id = $2 and operation in ('deleted', 'merged_into') and modseq > (
      select coalesce(max(modseq), 0) from contact_revisions
      where owner_id = $1 and contact_id = $2 and operation in ('restored', 'merge_undone')
    )
    order by modseq limit 1`,
    [ownerId, contactId],
  )
  return rows[0]
}

/** The labels that contacts had before they last went to the trash, by the ids of the contacts. */
export async function findTrashedLabels(read: Ask, ownerId: string, contactIds: readonly string[]) {
  if (contactIds.length === 0) return new Map<string, string[]>()
  const rows = await read<{ id: string; label_ids: string[] | null }>(
    `select distinct on (contact_id) contact_id as id, contact->'label_ids' as label_ids
    from contact_revisions as deletion
    where owner_id = $1 and contact_id = any ($2::uuid[])
      and operation in ('deleted', 'merged_into') and modseq > (
      select coalesce(max(modseq), 0) from contact_revisions
      where owner_id = $1 and contact_id = deletion.contact_id and operation in ('restored', 'merge_undone')
    )
    order by contact_id, modseq`,
    [ownerId, contactIds],
  )
  return new Map(rows.map(({ id, label_ids }) => [id, label_ids ?? []]))
}

/** Deletes one for good, with its card, photos and history. @returns whether it was in the trash */
export async function deleteTrashed({ ask, ownerId }: LockedBook, id: string): Promise<boolean> {
  const rows = await ask(
    `delete from contacts where owner_id = $1 and id = $2 and deleted_at is not null returning id`,
    [ownerId, id],
  )
  return rows.length > 0
}

/**
 * Deletes some of the owner's trash for good.
 * @param until contacts that were deleted later stay
 * @returns how many
 */
export async function deleteSomeTrash(
  { ask, ownerId }: LockedBook,
  until: Date,
  limit: number,
): Promise<number> {
  const rows = await ask(
    `delete from contacts where owner_id = $1 and deleted_at is not null and id in (
      select id from contacts where owner_id = $1 and deleted_at <= $2
      order by deleted_at limit $3
    ) returning id`,
    [ownerId, until, limit],
  )
  return rows.length
}

/** Contacts in the trash, which are deleted for good after 30 days. Their tombstones stay. */
export const agingTrash: Aging = {
  table: 'contacts',
  owner: 'owner_id',
  key: 'id',
  since: 'deleted_at',
  lifetime: '30 days',
  only: 'deleted_at is not null',
}
