import type { Ask } from '../db/ask.ts'
import { bind } from '../db/bind.ts'
import type { Order, Page } from './page.ts'
import type { Alternatives } from './search.ts'

/** The columns a caller writes; owner, id, revision and times are the queries' own. */
export type ContactFields = {
  first_name: string | null
  last_name: string | null
  email: string | null
  phone: string | null
  /** A birthday without a year has no `bday_year`; `bday_md` is month * 100 + day. */
  bday_year: number | null
  bday_md: number | null
  additional_data: string | null
  sort_key: string
}

/** A contact as it is read; times are ISO 8601. */
export type ContactRow = ContactFields & {
  id: string
  modseq: number
  created_at: string
  updated_at: string
}

export type DerivedFields = { search: string }

/** What a {@link ContactRow} is read from. */
export const columns = [
  'id',
  'first_name',
  'last_name',
  'email',
  'phone',
  'bday_year',
  'bday_md',
  'additional_data',
  'sort_key',
  'modseq',
  'created_at',
  'updated_at',
]
  .map((name) => `contacts.${name}`)
  .join(', ')

/** Adds a contact and counts the change, in one statement. */
export async function insertContact(
  write: Ask,
  ownerId: string,
  id: string,
  row: ContactFields & DerivedFields,
) {
  const rows = await write<ContactRow>(
    `with owner as (
      insert into owners (id, modseq) values ($1, 1)
      on conflict (id) do update set modseq = owners.modseq + 1
      returning modseq
    )
    insert into contacts (owner_id, id, first_name, last_name, email, phone, bday_year, bday_md,
      additional_data, sort_key, search, modseq)
    select $1::uuid, $2::uuid, $3, $4, $5, $6, $7::smallint, $8::smallint, $9, $10, $11, modseq
    from owner
    returning ${columns}`,
    [ownerId, id, ...valuesOf(row)],
  )
  return rows[0] as ContactRow
}

export async function findContact(read: Ask, ownerId: string, id: string) {
  const rows = await read<ContactRow>(
    `select ${columns} from contacts where owner_id = $1 and id = $2`,
    [ownerId, id],
  )
  return rows[0]
}

/**
 * Overwrites a contact and counts the change, in one statement, unless it has changed since it was
 * read. The owner is locked first, as wherever contacts are written or an account is deleted: so no
 * two wait for each other.
 * @param modseq the revision that was read
 * @returns undefined when the contact is gone or has another revision by now
 */
export async function updateContact(
  write: Ask,
  ownerId: string,
  id: string,
  modseq: number,
  row: ContactFields & DerivedFields,
) {
  const rows = await write<ContactRow>(
    `with ${ownerCounting}
    update contacts set first_name = $4, last_name = $5, email = $6, phone = $7,
      bday_year = $8::smallint, bday_md = $9::smallint, additional_data = $10, sort_key = $11,
      search = $12, modseq = owner.modseq, updated_at = clock_timestamp()
    from owner
    where contacts.owner_id = $1 and contacts.id = $2 and contacts.modseq = $3
    returning ${columns}`,
    [ownerId, id, modseq, ...valuesOf(row)],
  )
  return rows[0]
}

/**
 * Deletes a contact and counts the change, in one statement.
 * @param modseq the revision that was read
 * @returns whether it was still there in that revision
 */
export async function deleteContact(write: Ask, ownerId: string, id: string, modseq: number) {
  const rows = await write(
    `with ${ownerCounting}
    delete from contacts using owner
    where contacts.owner_id = $1 and contacts.id = $2 and contacts.modseq = $3
    returning contacts.id`,
    [ownerId, id, modseq],
  )
  return rows.length > 0
}

// The owner's next revision. Its row lock, held until commit, orders all of the owner's writes. A
// write that then finds its contact changed wastes the number, which nobody misses.
const ownerCounting = `owner as (
      update owners set modseq = modseq + 1 where id = $1 returning modseq
    )`

/** A contact with its place in the order of the list, and how many there are on all pages. */
export type ListedRow = ContactRow & { place: string; total: number }

/**
 * A page of the owner's contacts that match every pattern, and one more row where there is a next
 * page, with the number of all that match. A page behind the last one is empty and has no total.
 */
export function listContacts(read: Ask, ownerId: string, patterns: Alternatives[], page: Page) {
  const { order, after, skip, limit } = page
  const { values, add } = bind([ownerId])
  const matching = matchingOf(patterns, add)
  const beyond = order.descending ? '<' : '>'
  const behind = after
    ? ` and (${order.column}, id) ${beyond} (${add(after.key)}${order.type}, ${add(after.id)}::uuid)`
    : ''
  const part = `${sorted(order)} limit ${add(limit + 1)} offset ${add(skip)}`
  // A page is found by ids alone where many rows are passed over, because these are in the covering
  // index; asked for whole rows, PostgreSQL would read the whole table for a rare word.
  const source =
    patterns.length === 0 && skip === 0
      ? `contacts where owner_id = $1${behind} ${part}`
      : `contacts join (
          select owner_id, id from contacts where ${matching}${behind} ${part}
        ) page using (owner_id, id)
        where owner_id = $1 ${sorted(order)}`
  return read<ListedRow>(
    `select ${columns}, ${order.column} as place,
      (select count(*) from contacts where ${matching}) as total
    from ${source}`,
    values,
  )
}

/** How many of the owner's contacts match every pattern. */
export async function countContacts(read: Ask, ownerId: string, patterns: Alternatives[]) {
  const { values, add } = bind([ownerId])
  const rows = await read<{ count: number }>(
    `select count(*) from contacts where ${matchingOf(patterns, add)}`,
    values,
  )
  return rows[0]?.count ?? 0
}

function matchingOf(patterns: Alternatives[], add: (value: unknown) => string): string {
  return ['owner_id = $1', ...patterns.map((one) => `search like any (${add(one)}::text[])`)].join(
    ' and ',
  )
}

function sorted({ column, descending }: Order): string {
  const direction = descending ? 'desc' : 'asc'
  return `order by ${column} ${direction}, id ${direction}`
}

function valuesOf(row: ContactFields & DerivedFields): unknown[] {
  return [
    row.first_name,
    row.last_name,
    row.email,
    row.phone,
    row.bday_year,
    row.bday_md,
    row.additional_data,
    row.sort_key,
    row.search,
  ]
}
