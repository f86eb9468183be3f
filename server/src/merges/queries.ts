import { firstBookId } from '../contacts/store/card-files.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import type { Page } from '../contacts/store/order.ts'
import type { StoredSnapshot } from '../contacts/store/snapshot.ts'
import type { Ask } from '../db/ask.ts'
import { bind } from '../db/bind.ts'
import type { Aging } from '../db/purge.ts'
import { from, oneRow, sql, step, writeOf } from '../db/steps.ts'

/** For so long a merge can be undone. */
export const maxAgeDays = 30

const recent = `created_at > now() - interval '${maxAgeDays} days'`

/** A merge, and how the contact that stayed is called. */
export type NewMerge = { id: string; contactId: string; name: string }

/** A contact that takes part in a merge, as it is before. */
export type NewPart = { contactId: string; name: string; snapshot: StoredSnapshot }

/** Keeps what contacts are before they are merged, those that go into the first of them behind it. */
export async function insertMerge(
  { ask, ownerId }: LockedBook,
  { id, contactId, name }: NewMerge,
  parts: readonly NewPart[],
): Promise<void> {
  await ask(
    'insert into merges (owner_id, id, contact_id, name, modseq, revision) values ($1, $2, $3, $4, 0, 0)',
    [ownerId, id, contactId, name],
  )
  await ask(
    `insert into merge_parts (owner_id, merge_id, place, contact_id, revision, name, contact, labels,
      uid, photo_hash, created_via, created_at, updated_at, version, card, fingerprints)
    select $1, $2, part.place, contacts.id, contacts.modseq, part.name, part.snapshot, (
        select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'colour', colour)), '[]')
        from labels where owner_id = $1 and id = any (contacts.label_ids) and name_key is not null
      ),
      uid, photo_hash, created_via, created_at, updated_at, version, card, array(
        select fingerprint from contact_sources where owner_id = $1 and contact_id = contacts.id
      )
    from json_to_recordset($3::json) as part (place smallint, "contactId" uuid, name text,
      snapshot jsonb)
    cross join lateral (
      select * from contacts where owner_id = $1 and id = part."contactId" limit 1
    ) contacts
    left join lateral (
      select version, card from contact_cards
      where owner_id = $1 and contact_id = part."contactId" limit 1
    ) cards on true`,
    [ownerId, id, JSON.stringify(parts.map((part, place) => ({ ...part, place })))],
  )
}

/** Notes which revision the merge made of the contact that stayed. */
export async function setRevision({ ask, ownerId }: LockedBook, id: string, modseq: number) {
  await ask('update merges set modseq = $3, revision = $3 where owner_id = $1 and id = $2', [
    ownerId,
    id,
    modseq,
  ])
}

/** What imports have said of some contacts, they have said of this one. */
export async function moveFingerprints(
  { ask, ownerId }: LockedBook,
  from: readonly string[],
  to: string,
) {
  await ask(
    `update contact_sources set contact_id = $3
    where owner_id = $1 and contact_id = any ($2::uuid[])`,
    [ownerId, from, to],
  )
}

/** Takes that back, as far as imports have not said it of the merged contact since. */
export async function returnFingerprints(
  { ask, ownerId }: LockedBook,
  mergeId: string,
  { place, from, to }: { place: number; from: string; to: string },
) {
  await ask(
    `update contact_sources set contact_id = $5
    where owner_id = $1 and contact_id = $4 and fingerprint = any (array(
      select unnest(fingerprints) from merge_parts
      where owner_id = $1 and merge_id = $2 and place = $3
    ))`,
    [ownerId, mergeId, place, from, to],
  )
}

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

/**
 * Takes back that a contact is gone which was added anew: it is the file again that its tombstone names,
 * unless another contact has taken that name, or the address book is gone.
 */
export async function takeBackTombstone({ ask, ownerId }: LockedBook, contactId: string) {
  await ask(takingBack, [ownerId, contactId, firstBookId])
}

const gone = oneRow('gone', 'book_id uuid, card_name text')
const takingBack = writeOf({
  steps: [
    step(
      gone,
      sql`delete from tombstones where owner_id = $1 and contact_id = $2
      returning book_id, card_name`,
    ),
    step(
      'contact',
      sql`update contacts set book_id = gone.book_id, card_name = gone.card_name${from(gone)}
    where contacts.owner_id = $1 and contacts.id = $2 and (
      gone.book_id = $3 or exists (
        select from address_books where owner_id = $1 and address_books.id = gone.book_id
      )
    ) and not exists (
      select from contacts other
      where other.owner_id = $1 and other.book_id = gone.book_id
        and other.card_name = gone.card_name and other.deleted_at is null
    )`,
    ),
  ],
})

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

/** Merges, which can be undone for as long. */
export const agingMerges: Aging = {
  table: 'merges',
  owner: 'owner_id',
  key: 'id',
  since: 'created_at',
  lifetime: `${maxAgeDays} days`,
  // With many parts each.
  batchSize: 100,
}
