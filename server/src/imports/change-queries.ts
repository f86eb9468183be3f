import type { Ask } from '../db/ask.ts'
import type { ImportKey } from './queries.ts'

/** A contact to which the import gave the revision `modseq`; `before` is the one that it had. */
export type ImportChange = {
  contactId: string
  isCreated: boolean
  modseq: number
  before: number
  /** The number of the entry that a new contact came from. */
  number?: number
}

/** A contact that was changed in between by others keeps its older `last_modseq`, which shows that. */
export async function recordChanges(
  write: Ask,
  { ownerId, importId }: ImportKey,
  changes: readonly ImportChange[],
) {
  if (changes.length === 0) return
  await write(
    `insert into import_changes
      (owner_id, import_id, contact_id, is_created, modseq, last_modseq, number)
    select $1, $2, contact_id, is_created, modseq, modseq, number
    from unnest($3::uuid[], $4::boolean[], $5::bigint[], $7::integer[])
      as change (contact_id, is_created, modseq, number)
    on conflict (owner_id, import_id, contact_id) do update
      set last_modseq = excluded.last_modseq
      where import_changes.last_modseq = (
        select before from unnest($3::uuid[], $6::bigint[]) as known (contact_id, before)
        where known.contact_id = excluded.contact_id
      )`,
    [
      ownerId,
      importId,
      changes.map(({ contactId }) => contactId),
      changes.map(({ isCreated }) => isCreated),
      changes.map(({ modseq }) => modseq),
      changes.map(({ before }) => before),
      changes.map(({ number }) => number ?? null),
    ],
  )
}

export type ChangeRow = {
  contact_id: string
  is_created: boolean
  modseq: number
  last_modseq: number
}

export function findChanges(read: Ask, { ownerId, importId }: ImportKey, limit: number) {
  return read<ChangeRow>(
    `select contact_id, is_created, modseq, last_modseq from import_changes
    where owner_id = $1 and import_id = $2 order by contact_id limit $3`,
    [ownerId, importId, limit],
  )
}

/** Deletes what is undone, so that an interrupted undo goes on behind it. */
export async function forgetChanges(
  write: Ask,
  { ownerId, importId }: ImportKey,
  contactIds: readonly string[],
  kept: number,
) {
  await write(
    `with changes as (
      delete from import_changes
      where owner_id = $1 and import_id = $2 and contact_id = any ($3::uuid[])
    )
    update imports set kept = kept + $4 where owner_id = $1 and id = $2`,
    [ownerId, importId, contactIds, kept],
  )
}

/** A contact as it was before a revision. */
export async function findSnapshotBefore(
  read: Ask,
  ownerId: string,
  contactId: string,
  modseq: number,
) {
  const rows = await read<{ contact: object; card: string | null }>(
    `select contact, card from contact_revisions
    where owner_id = $1 and contact_id = $2 and modseq = $3`,
    [ownerId, contactId, modseq],
  )
  return rows[0]
}

/** The contacts that an import has added, by the numbers of their entries. */
export async function findCreated(
  read: Ask,
  { ownerId, importId }: ImportKey,
  numbers: readonly number[],
): Promise<Map<number, { contactId: string; last: number }>> {
  const rows = await read<{ number: number; contact_id: string; modseq: number }>(
    `select number, contact_id, modseq from import_changes
    where owner_id = $1 and import_id = $2 and number = any ($3::integer[]) and is_created`,
    [ownerId, importId, numbers],
  )
  return new Map(
    rows.map(({ number, contact_id, modseq }) => [number, { contactId: contact_id, last: modseq }]),
  )
}
