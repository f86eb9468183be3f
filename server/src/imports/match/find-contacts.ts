import type { Columns } from '../../contacts/store/columns.ts'
import { wholeColumns, type WholeRow } from '../../contacts/store/rows.ts'
import type { Ask } from '../../db/ask.ts'
import { formats } from '../../http/formats.ts'
import { bareUid } from '../../vcard/read-card.ts'

/** A contact in use, with what tells its card from others. */
export type FoundRow = WholeRow & {
  /** SHA-256 of the card's text, in hex; null without a card. */
  card_hash: string | null
}

/** What is looked for by content: the columns that an equal contact has. */
export type Wanted = Omit<Columns, 'search'> & { number: number }

// Of contacts with the same name, or without any, so many are looked at; of those with the same e-mail
// and phone as well, or without any, so many; and so many of the ones that are alike in all their
// columns are compared with their cards.
const maxNamesakes = 1_000
const maxReachable = 200
const maxAlike = 20

// As a sub-select it is no constant to the planner, which takes a new owner's book for empty, and goes
// through all of it for each one that is looked for. See also `planAnew`.
export const owner = '(select $1::uuid)'

const found = `${wholeColumns},
  encode(sha256(convert_to(contact_cards.card, 'UTF8')), 'hex') as card_hash`
const withCard = `left join lateral (
    select card from contact_cards where owner_id = ${owner} and contact_id = contacts.id limit 1
  ) contact_cards on true`

/**
 * Has the rest of a transaction's statements planned for the tables as they are: a plan from when they
 * were almost empty is no good for a book that grows by thousands.
 */
export async function planAnew(ask: Ask): Promise<void> {
  await ask(`set local plan_cache_mode = 'force_custom_plan'`, [])
}

/** How a UID is compared: `urn:uuid:` before it, and the case of a UUID, say nothing. */
export function uidKey(uid: string): string {
  const bare = bareUid(uid)
  return formats.uuid.isValid(bare) ? bare.toLowerCase() : bare
}

/** The contacts in use whose UID, or whose id, is one of these. At most one for each. */
export async function findByUids(
  ask: Ask,
  ownerId: string,
  uids: readonly string[],
): Promise<Map<string, FoundRow>> {
  if (uids.length === 0) return new Map()
  const keys = [...new Set(uids.map(uidKey))]
  const spellings = [
    ...new Set(
      [...uids, ...keys].flatMap((uid) => [uid, bareUid(uid), `urn:uuid:${bareUid(uid)}`]),
    ),
  ]
  const upper = keys.filter(formats.uuid.isValid).map((key) => key.toUpperCase())
  const ids = keys.filter(formats.uuid.isValid)
  const wanted = [...spellings, ...upper, ...upper.map((uid) => `urn:uuid:${uid}`)]
  // One by one through their indexes: of all at once PostgreSQL would go through the whole book.
  const rows = await ask<FoundRow>(
    `select ${found} from (
      select same.id from unnest($2::text[]) as wanted (uid) cross join lateral (
        select id from contacts
        where owner_id = ${owner} and uid = wanted.uid and deleted_at is null limit 1
      ) same
      union
      select same.id from unnest($3::uuid[]) as wanted (id) cross join lateral (
        select id, deleted_at from contacts
        where owner_id = ${owner} and id = wanted.id limit 1
      ) same where deleted_at is null
    ) named cross join lateral (
      select * from contacts where owner_id = ${owner} and id = named.id limit 1
    ) contacts ${withCard}`,
    [ownerId, wanted, ids],
  )
  // Whose UID it is goes before whose id it is.
  const byId = rows.map((row): [string, FoundRow] => [row.id, row])
  const byUid = rows.flatMap((row): [string, FoundRow][] =>
    row.uid === null ? [] : [[uidKey(row.uid), row]],
  )
  return new Map([...byId, ...byUid])
}

/**
 * The contacts in use that groups name as their members. Programs write a member's UUID in another
 * case than its card.
 */
export async function findMembers(
  ask: Ask,
  ownerId: string,
  members: readonly string[],
): Promise<Map<string, FoundRow>> {
  const spellings = (uid: string) => [uid, uid.toLowerCase(), uid.toUpperCase()]
  const rows = await findByUids(ask, ownerId, members.flatMap(spellings))
  return new Map(
    members.flatMap((uid): [string, FoundRow][] => {
      const row = spellings(uid).flatMap((one) => rows.get(uidKey(one)) ?? [])[0]
      return row ? [[uid, row]] : []
    }),
  )
}

// Of cards that are compared at once.
const maxCardOctets = 4 * 1024 * 1024

/** The cards of contacts, as many as may be held at once; the others are read one by one. */
export async function findCards(
  ask: Ask,
  ownerId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ask<{ id: string; card: string }>(
    `select id, card from (
      select wanted.id, card, sum(octet_length(card)) over (order by wanted.id) as octets
      from unnest($2::uuid[]) as wanted (id) cross join lateral (
        select card from contact_cards where owner_id = ${owner} and contact_id = wanted.id limit 1
      ) cards
    ) sized where octets <= ${maxCardOctets}`,
    [ownerId, ids],
  )
  return new Map(rows.map(({ id, card }) => [id, card]))
}

/**
 * For each of the wanted, contacts in use that have the same columns.
 * @param hasCard false for those that have no card of their own
 */
export async function findAlike(
  ask: Ask,
  ownerId: string,
  wanted: readonly Wanted[],
  hasCard?: false,
): Promise<Map<number, FoundRow[]>> {
  const alike = new Map<number, FoundRow[]>()
  if (wanted.length === 0) return alike
  const rows = await ask<FoundRow & { number: number }>(
    `select wanted.number, ${found}
    from json_to_recordset($2::json) as wanted (number integer, sort_key text, first_name text,
      last_name text, email text, phone text, bday_year smallint, bday_md smallint,
      additional_data text, doc jsonb)
    cross join lateral (
      select * from (
        select * from (
          select * from contacts
          where owner_id = ${owner} and deleted_at is null
            and sort_key = wanted.sort_key collate "C"
          order by id limit ${maxNamesakes}
        ) namesakes
        where email is not distinct from wanted.email and phone is not distinct from wanted.phone
        order by id limit ${maxReachable}
      ) contacts
      where ${alikeColumns.map((name) => `${name} is not distinct from wanted.${name}`).join(' and ')}
        and doc = wanted.doc ${hasCard === false ? cardless : ''}
      order by id limit ${maxAlike}
    ) contacts ${withCard}
    order by wanted.number, contacts.id`,
    [ownerId, JSON.stringify(wanted)],
  )
  for (const row of rows) alike.getOrInsertComputed(row.number, () => []).push(row)
  return alike
}

const alikeColumns = [
  'first_name',
  'last_name',
  'bday_year',
  'bday_md',
  'additional_data',
] as const satisfies (keyof Wanted)[]

const cardless = `and uid is null and not exists (
          select from contact_cards
          where contact_cards.owner_id = ${owner} and contact_cards.contact_id = contacts.id
        )`
