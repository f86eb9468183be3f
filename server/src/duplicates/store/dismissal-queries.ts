import type { Ask } from '../../db/ask.ts'
import { bind } from '../../db/bind.ts'
import type { GroupPlace } from './group-queries.ts'

/** A group whose owner has said that these are different people. */
export type Dismissal = { id: string; contact_ids: string[] }

export async function insertDismissal(ask: Ask, ownerId: string, { id, contact_ids }: Dismissal) {
  await ask(
    `insert into duplicate_dismissals (owner_id, id, contact_ids) values ($1, $2, $3)
    on conflict (owner_id, id) do nothing`,
    [ownerId, id, contact_ids],
  )
}

/** @returns the one that was there */
export async function deleteDismissal(ask: Ask, ownerId: string, id: string) {
  const rows = await ask<Dismissal>(
    `delete from duplicate_dismissals where owner_id = $1 and id = $2 returning id, contact_ids`,
    [ownerId, id],
  )
  return rows[0]
}

export async function isDismissed(ask: Ask, ownerId: string, id: string): Promise<boolean> {
  const rows = await ask('select from duplicate_dismissals where owner_id = $1 and id = $2', [
    ownerId,
    id,
  ])
  return rows.length > 0
}

/** The dismissals of groups with any of the contacts. */
export function findDismissalsOf(ask: Ask, ownerId: string, contactIds: readonly string[]) {
  return ask<Dismissal>(
    `select id, contact_ids from duplicate_dismissals
    where owner_id = $1 and contact_ids && $2::uuid[]`,
    [ownerId, contactIds],
  )
}

// Of one whose contacts are gone, or merged, nothing is left to show.
const isShown = `(
      select count(*) from contacts
      where owner_id = $1 and id = any (contact_ids) and deleted_at is null
    ) > 1`

/** A page of the dismissals, the last one first, and one more where there is a next page. */
export function listDismissals(
  read: Ask,
  ownerId: string,
  { after, limit }: { after: GroupPlace | null; limit: number },
) {
  const { values, add } = bind([ownerId])
  const behind = after
    ? `and (at, id) < (${add(after.key)}::timestamptz, ${add(after.id)}::uuid)`
    : ''
  return read<Dismissal & { place: string }>(
    `select id, contact_ids, at::text as place from duplicate_dismissals
    where owner_id = $1 ${behind} and ${isShown}
    order by at desc, id desc limit ${add(limit + 1)}`,
    values,
  )
}

export async function countDismissals(read: Ask, ownerId: string): Promise<number> {
  const rows = await read<{ count: number }>(
    `select count(*) from duplicate_dismissals where owner_id = $1 and ${isShown}`,
    [ownerId],
  )
  return rows[0]?.count ?? 0
}
