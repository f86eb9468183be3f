import type { LockedBook } from '../contacts/store/locked-book.ts'
import type { StoredSnapshot } from '../contacts/store/snapshot.ts'

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
