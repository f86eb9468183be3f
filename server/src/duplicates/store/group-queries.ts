import {
  columnList,
  personColumnNames,
  wholeColumns,
  type PersonRow,
  type WholeRow,
} from '../../contacts/store/rows.ts'
import type { Ask } from '../../db/ask.ts'
import { bind } from '../../db/bind.ts'

/** Contacts that may be of one person. */
export type Group = { id: string; contact_ids: string[]; score: number }

/** A place in a list of groups. */
export type GroupPlace = { key: string; id: string }

type ListedGroup = Group & { place: string }

/** Deletes the groups with any of the contacts. */
export async function deleteGroups(ask: Ask, ownerId: string, contactIds: readonly string[]) {
  await ask('delete from duplicate_groups where owner_id = $1 and contact_ids && $2::uuid[]', [
    ownerId,
    contactIds,
  ])
}

export async function insertGroups(ask: Ask, ownerId: string, groups: readonly Group[]) {
  if (groups.length === 0) return
  await ask(
    `insert into duplicate_groups (owner_id, id, contact_ids, score)
    select $1, id, contact_ids, score
    from json_to_recordset($2::json) as made (id uuid, contact_ids uuid[], score double precision)`,
    [ownerId, JSON.stringify(groups)],
  )
}

/** A page of the groups, best first, and one more where there is a next page. */
export function listGroups(
  read: Ask,
  ownerId: string,
  { after, limit }: { after: GroupPlace | null; limit: number },
) {
  const { values, add } = bind([ownerId])
  const behind = after
    ? `and (score, id) < (${add(after.key)}::double precision, ${add(after.id)}::uuid)`
    : ''
  return read<ListedGroup>(
    `select id, contact_ids, score, score::text as place from duplicate_groups
    where owner_id = $1 ${behind} order by score desc, id desc limit ${add(limit + 1)}`,
    values,
  )
}

export async function countGroups(read: Ask, ownerId: string): Promise<number> {
  const rows = await read<{ count: number }>(
    'select count(*) from duplicate_groups where owner_id = $1',
    [ownerId],
  )
  return rows[0]?.count ?? 0
}

export async function findGroup(ask: Ask, ownerId: string, id: string) {
  const rows = await ask<Group>(
    'select id, contact_ids, score from duplicate_groups where owner_id = $1 and id = $2',
    [ownerId, id],
  )
  return rows[0]
}

/** What says who they are, of contacts in use of these ids. */
export function findPeople(read: Ask, ownerId: string, ids: readonly string[]) {
  return read<PersonRow>(
    `select ${columnList(personColumnNames)} from contacts
    where owner_id = $1 and id = any ($2::uuid[]) and deleted_at is null`,
    [ownerId, ids],
  )
}

/** Contacts in use, of these ids. */
export function findMembers(read: Ask, ownerId: string, ids: readonly string[]) {
  return read<WholeRow>(
    `select ${wholeColumns} from contacts
    where owner_id = $1 and id = any ($2::uuid[]) and deleted_at is null`,
    [ownerId, ids],
  )
}
