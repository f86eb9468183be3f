import type { Via, Change, StoredContact } from './stored-contact.ts'
import type { Ask } from '../../db/ask.ts'
import { columnsVersion } from './columns.ts'
import type { WholeRow } from './rows.ts'
import { snapshotJson } from './snapshot.ts'

/** A contact that is to be added, with the id that it will have. */
export type NewcomerContent = { id: string; content: StoredContact }

/**
 * Adds many contacts with their cards in one statement, which takes one range of the owner's
 * revisions, a number for each. For a transaction that has locked the owner.
 * @returns the revision of each, by id
 * @throws a violation of `contacts_uid_once`
 */
export async function insertContacts(
  write: Ask,
  ownerId: string,
  newcomers: readonly NewcomerContent[],
  via: Via,
): Promise<Map<string, number>> {
  if (newcomers.length === 0) return new Map()
  const rows = await write<{ id: string; modseq: number }>(
    `with owner as (
      update owners set modseq = modseq + $3::integer where id = $1
      returning modseq - $3::integer as modseq
    ),
    newcomer as (
      select * from json_to_recordset($2::json) as newcomer (${recordColumns})
    ),
    added as (
      insert into contacts (owner_id, id, first_name, last_name, email, phone, bday_year, bday_md,
        additional_data, doc, sort_key, search, uid, label_ids, photo_hash, proj_version,
        created_via, created_modseq, modseq)
      select $1, id, first_name, last_name, email, phone, bday_year, bday_md,
        additional_data, doc, sort_key, search, uid, label_ids, photo_hash, ${columnsVersion},
        $4, owner.modseq + number, owner.modseq + number
      from newcomer, owner
      returning id, modseq
    ),
    cards as (
      insert into contact_cards (owner_id, contact_id, version, card)
      select $1, id, version, card from newcomer join added using (id) where card is not null
    )
    select id, modseq from added`,
    [ownerId, JSON.stringify(newcomers.map(recordOf)), newcomers.length, via],
  )
  return new Map(rows.map(({ id, modseq }) => [id, modseq]))
}

/** A contact that is to be changed, as it was read, and as it shall be. */
export type ChangedContent = { before: WholeRow; content: StoredContact }

/**
 * Overwrites many contacts with their cards in one statement, with a revision of what each was. For
 * a transaction that locked the owner before it read the rows.
 * @returns the new revision of each, by id
 * @throws a violation of `contacts_uid_once`
 */
export async function updateContacts(
  write: Ask,
  ownerId: string,
  changes: readonly ChangedContent[],
  { actorId, via, operation }: Change,
): Promise<Map<string, number>> {
  if (changes.length === 0) return new Map()
  const records = changes.map(({ before, content }, at) => ({
    ...recordOf({ id: before.id, content }, at),
    state: JSON.parse(snapshotJson(before)) as object,
  }))
  const rows = await write<{ id: string; modseq: number }>(
    // The owner in a sub-select is no constant to the planner, which takes a new book for empty.
    `with owner as (
      update owners set modseq = modseq + $3::integer where id = $1
      returning modseq - $3::integer as modseq
    ),
    next as (
      select * from json_to_recordset($2::json) as next (${recordColumns}, state jsonb)
    ),
    changed as (
      update contacts set first_name = next.first_name, last_name = next.last_name,
        email = next.email, phone = next.phone, bday_year = next.bday_year,
        bday_md = next.bday_md, additional_data = next.additional_data, doc = next.doc,
        sort_key = next.sort_key, search = next.search, uid = next.uid,
        label_ids = next.label_ids, photo_hash = next.photo_hash, proj_version = ${columnsVersion},
        modseq = owner.modseq + next.number, updated_at = clock_timestamp()
      from next, owner
      where contacts.owner_id = (select $1::uuid) and contacts.id = next.id
      returning contacts.id, contacts.modseq
    ),
    revision as (
      insert into contact_revisions
        (owner_id, contact_id, modseq, at, actor_id, via, operation, contact, card)
      select $1, id, modseq, clock_timestamp(), $4::uuid, $5, $6, next.state, (
        select card from contact_cards where owner_id = (select $1::uuid) and contact_id = changed.id
      )
      from changed join next using (id)
    ),
    gone as (
      delete from contact_cards using next
      where owner_id = (select $1::uuid) and contact_id = next.id and next.card is null
    ),
    cards as (
      insert into contact_cards (owner_id, contact_id, version, card)
      select $1, id, version, card from next join changed using (id) where card is not null
      on conflict (owner_id, contact_id)
        do update set version = excluded.version, card = excluded.card
    )
    select id, modseq from changed`,
    [ownerId, JSON.stringify(records), changes.length, actorId, via, operation],
  )
  return new Map(rows.map(({ id, modseq }) => [id, modseq]))
}

const recordColumns = `number integer, id uuid, first_name text, last_name text, email text,
        phone text, bday_year smallint, bday_md smallint, additional_data text, doc jsonb,
        sort_key text, search text, uid text, label_ids uuid[], photo_hash text, version text,
        card text`

function recordOf({ id, content }: NewcomerContent, at: number) {
  const { columns, labelIds, uid, photoHash, card } = content
  return {
    ...columns,
    number: at + 1,
    id,
    uid,
    label_ids: labelIds,
    photo_hash: photoHash,
    version: card?.version ?? null,
    card: card?.text ?? null,
  }
}
