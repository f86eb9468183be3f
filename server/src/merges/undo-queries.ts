import type { LockedBook } from '../contacts/store/locked-book.ts'
import type { StoredSnapshot } from '../contacts/store/snapshot.ts'
import type { Ask } from '../db/ask.ts'
import { recent } from './aging.ts'

export type MergeRow = {
  id: string
  contact_id: string
  modseq: number
  revision: number
  is_undone: boolean
}

/** A merge of the last 30 days. */
export async function findMerge(read: Ask, ownerId: string, id: string) {
  const rows = await read<MergeRow>(
    `select id, contact_id, modseq, revision, undone_at is not null as is_undone from merges
    where owner_id = $1 and id = $2 and ${recent}`,
    [ownerId, id],
  )
  return rows[0]
}

/** Merges into the same contact after one of them that still hold, the latest first. */
export function findLaterMerges(read: Ask, ownerId: string, { contact_id, modseq }: MergeRow) {
  return read<MergeRow>(
    `select id, contact_id, modseq, revision, false as is_undone from merges
    where owner_id = $1 and contact_id = $2 and modseq > $3 and undone_at is null
    order by modseq desc`,
    [ownerId, contact_id, modseq],
  )
}

export type PartRow = {
  place: number
  contact_id: string
  revision: number
  contact: StoredSnapshot
  labels: { id: string; name: string; colour: string | null }[]
  uid: string | null
  photo_hash: string | null
  created_at: string
  updated_at: string
  version: string | null
  card: string | null
}

/**
 * The contacts that undoing a merge brings back to what they were, the one that stayed first. One that was
 * restored by itself is not among them if what it said is in another contact in use, by a merge of its own.
 */
export function findParts(read: Ask, ownerId: string, mergeId: string) {
  return read<PartRow>(
    `select place, contact_id, revision, contact, labels, uid, photo_hash, created_at, updated_at,
      version, card
    from merge_parts part
    where owner_id = $1 and merge_id = $2 and (place = 0 or not is_restored or not exists (
      select from contacts restored
      join contacts merged on merged.owner_id = $1 and merged.id = restored.merged_into
      where restored.owner_id = $1 and restored.id = part.contact_id and merged.deleted_at is null
        and merged.id <> (select contact_id from merges where owner_id = $1 and id = $2)
    )) order by place`,
    [ownerId, mergeId],
  )
}

/** Gives contacts that are what they were before a merge the times that they had, to the microsecond. */
export async function restoreTimes(
  { ask, ownerId }: LockedBook,
  mergeId: string,
  contactIds: readonly string[],
) {
  await ask(
    `update contacts set created_at = part.created_at, updated_at = part.updated_at,
      created_via = part.created_via
    from merge_parts part
    where contacts.owner_id = $1 and part.owner_id = $1 and part.merge_id = $2
      and contacts.id = part.contact_id and contacts.id = any ($3::uuid[])`,
    [ownerId, mergeId, contactIds],
  )
}

/** A contact says again what an earlier merge made of it, in a new revision. */
export async function renumber(
  { ask, ownerId }: LockedBook,
  { contactId, before, now }: { contactId: string; before: number; now: number },
) {
  await ask(
    'update merges set revision = $4 where owner_id = $1 and contact_id = $2 and revision = $3',
    [ownerId, contactId, before, now],
  )
}

export async function markUndone({ ask, ownerId }: LockedBook, id: string) {
  await ask('update merges set undone_at = now() where owner_id = $1 and id = $2', [ownerId, id])
}
