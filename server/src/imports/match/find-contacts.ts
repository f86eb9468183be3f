import type { Contact } from '../../book/contact.ts'
import type { SortAs } from '../../book/filed-under.ts'
import { sortKey } from '../../book/sort-key.ts'
import { personColumns, type PersonColumns } from '../../contacts/store/columns.ts'
import { found, withCard, type FoundRow } from '../../contacts/store/find-by-uid.ts'
import type { Ask } from '../../db/ask.ts'

/** What is looked for by content: contacts that have the same columns. */
export type Wanted = { number: number; contact: Contact; sortAs: SortAs | null }

// Of contacts with the same name, e-mail and phone, or without any, so many are looked at; and so many of
// the ones that are alike in all their columns are compared with their cards.
const maxNamesakes = 200
const maxAlike = 20

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
        select card from contact_cards where owner_id = $1 and contact_id = wanted.id limit 1
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
export async function findLookAlikes(
  ask: Ask,
  ownerId: string,
  all: readonly Wanted[],
  hasCard?: false,
): Promise<Map<number, FoundRow[]>> {
  const alike = new Map<number, FoundRow[]>()
  const wanted = await withNamesakes(ask, ownerId, all)
  if (wanted.length === 0) return alike
  const rows = await ask<FoundRow & { number: number }>(
    `select wanted.number, ${found}
    from json_to_recordset($2::json) as wanted (number integer, sort_key text, first_name text,
      last_name text, email text, phone text, bday_year smallint, bday_md smallint,
      additional_data text, doc jsonb)
    cross join lateral (
      select * from (
        select * from contacts
        where owner_id = $1 and deleted_at is null
          and ${namesakeHash('contacts')} = ${namesakeHash('wanted')}
        order by id limit ${maxNamesakes}
      ) contacts
      where ${alikeColumns.map((name) => `${name} is not distinct from wanted.${name}`).join(' and ')}
        and doc = wanted.doc ${hasCard === false ? cardless : ''}
      order by id limit ${maxAlike}
    ) contacts ${withCard}
    order by wanted.number, contacts.id`,
    [ownerId, JSON.stringify(wanted.map(columnsOf))],
  )
  for (const row of rows) alike.getOrInsertComputed(row.number, () => []).push(row)
  return alike
}

/** Those that somebody has the name, e-mail and phone of: few, where most entries are new. */
async function withNamesakes(
  ask: Ask,
  ownerId: string,
  wanted: readonly Wanted[],
): Promise<Wanted[]> {
  if (wanted.length === 0) return []
  const rows = await ask<{ number: number }>(
    `select number
    from unnest($2::integer[], $3::text[], $4::text[], $5::text[])
      as wanted (number, sort_key, email, phone)
    cross join lateral (
      select from contacts
      where owner_id = $1 and deleted_at is null
        and ${namesakeHash('contacts')} = ${namesakeHash('wanted')}
      order by id limit 1
    ) contacts`,
    [
      ownerId,
      wanted.map(({ number }) => number),
      wanted.map(({ contact, sortAs }) => sortKey(contact, sortAs)),
      wanted.map(({ contact }) => contact.emails[0]?.value ?? null),
      wanted.map(({ contact }) => contact.phones[0]?.value ?? null),
    ],
  )
  const numbers = new Set(rows.map(({ number }) => number))
  return wanted.filter(({ number }) => numbers.has(number))
}

function columnsOf({ number, contact, sortAs }: Wanted) {
  return { number, ...personColumns(contact, sortAs) }
}

/** The expression of the index `contacts_namesakes`: the name, e-mail and phone of a contact as a number. */
function namesakeHash(row: string): string {
  return `hashtextextended(
            (${row}.sort_key || ' ' || coalesce(${row}.email, '') || ' ' || coalesce(${row}.phone, ''))
              collate "C", 0)`
}

const alikeColumns = [
  'sort_key',
  'email',
  'phone',
  'first_name',
  'last_name',
  'bday_year',
  'bday_md',
  'additional_data',
] as const satisfies (keyof PersonColumns)[]

const cardless = `and uid is null and not exists (
          select from contact_cards
          where contact_cards.owner_id = $1 and contact_cards.contact_id = contacts.id
        )`
