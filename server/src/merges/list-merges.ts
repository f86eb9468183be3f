import type { Page } from '../contacts/store/order.ts'
import type { Ask } from '../db/ask.ts'
import { bind } from '../db/bind.ts'
import { recent } from './aging.ts'

/** A merge in the list of all. */
export type ListedMerge = {
  id: string
  contact_id: string
  name: string
  created_at: string
  undone_at: string | null
  /** Whether the merged contact is another one by now, or gone. */
  is_changed: boolean
  merged: { id: string; name: string }[]
  place: string
  total: number
}

/** A page of the merges of the last 30 days, newest first, and one more where there is a next page. */
export function listMerges(read: Ask, ownerId: string, { after, limit }: Page) {
  const { values, add } = bind([ownerId])
  const behind = after
    ? `and (created_at, id) < (${add(after.key)}::timestamptz, ${add(after.id)}::uuid)`
    : ''
  return read<ListedMerge>(
    `select merges.id, contact_id, name, created_at, undone_at, created_at as place,
      current.modseq is distinct from revision as is_changed, parts.merged,
      (select count(*) from merges where owner_id = $1 and ${recent}) as total
    from (
      select * from merges where owner_id = $1 and ${recent} ${behind}
      order by created_at desc, id desc limit ${add(limit + 1)}
    ) merges
    left join lateral (
      select modseq from contacts
      where owner_id = $1 and id = merges.contact_id and deleted_at is null limit 1
    ) current on true
    cross join lateral (
      select jsonb_agg(jsonb_build_object('id', contact_id, 'name', name) order by place) as merged
      from merge_parts where owner_id = $1 and merge_id = merges.id and place > 0
    ) parts
    order by created_at desc, id desc`,
    values,
  )
}

export async function countMerges(read: Ask, ownerId: string): Promise<number> {
  const rows = await read<{ count: number }>(
    `select count(*) from merges where owner_id = $1 and ${recent}`,
    [ownerId],
  )
  return rows[0]?.count ?? 0
}
