import type { Ask } from '../db/ask.ts'
import { sql, step, writeOf } from '../db/steps.ts'
import type { ImportKey } from './import-row.ts'

/** A contact to which the import gave the revision `modseq`; `before` is the one that it had. */
export type ImportChange = {
  contactId: string
  isCreated: boolean
  modseq: number
  before: number
  /** The number of the entry of an archive that a new contact came from. */
  number?: number
}

/** A contact that was changed in between by others keeps its older `last_modseq`, which shows that. */
export async function recordChanges(
  write: Ask,
  { ownerId, importId }: ImportKey,
  changes: readonly ImportChange[],
) {
  if (changes.length === 0) return
  const isNew = changes.every(({ isCreated }) => isCreated)
  if (!isNew) await renumberChanges(write, { ownerId, importId }, changes)
  await write(
    `insert into import_changes
      (owner_id, import_id, contact_id, is_created, modseq, last_modseq, number)
    select $1, $2, contact_id, is_created, modseq, modseq, number
    from unnest($3::uuid[], $4::boolean[], $5::bigint[], $6::integer[])
      as change (contact_id, is_created, modseq, number)
    on conflict (owner_id, import_id, contact_id) do nothing`,
    [
      ownerId,
      importId,
      changes.map(({ contactId }) => contactId),
      changes.map(({ isCreated }) => isCreated),
      changes.map(({ modseq }) => modseq),
      changes.map(({ number }) => number ?? null),
    ],
  )
}

/** Contacts that the import has changed before, and nobody since. */
async function renumberChanges(
  write: Ask,
  { ownerId, importId }: ImportKey,
  changes: readonly ImportChange[],
) {
  const known = changes.filter(({ isCreated }) => !isCreated)
  await write(
    `update import_changes set last_modseq = change.modseq
    from unnest($3::uuid[], $4::bigint[], $5::bigint[]) as change (contact_id, modseq, before)
    where owner_id = $1 and import_id = $2 and import_changes.contact_id = change.contact_id
      and last_modseq = change.before`,
    [
      ownerId,
      importId,
      known.map(({ contactId }) => contactId),
      known.map(({ modseq }) => modseq),
      known.map(({ before }) => before),
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
  await write(forgetting, [ownerId, importId, contactIds, kept])
}

const forgetting = writeOf({
  steps: [
    step(
      'changes',
      sql`delete from import_changes
      where owner_id = $1 and import_id = $2 and contact_id = any ($3::uuid[])`,
    ),
    step('import', sql`update imports set kept = kept + $4 where owner_id = $1 and id = $2`),
  ],
})

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
