import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../db/database.ts'
import type { ContactRow } from '../db/tables.ts'
import type { Page } from './page.ts'
import type { Alternatives } from './search.ts'

/** The columns a caller writes; owner, id, revision and times are the queries' own. */
export type ContactFields = Omit<
  ContactRow,
  'owner_id' | 'id' | 'modseq' | 'created_at' | 'updated_at'
>

/** Adds a contact and counts the change, in one statement and one round trip. */
export async function insertContact(db: Database, ownerId: string, id: string, row: ContactFields) {
  const { rows } = await sql<ContactRow>`
    with owner as (
      insert into owners (id, modseq) values (${ownerId}, 1)
      on conflict (id) do update set modseq = owners.modseq + 1
      returning modseq
    )
    insert into contacts (owner_id, id, first_name, last_name, email, phone, bday_year, bday_md,
      additional_data, sort_key, search, modseq)
    select ${ownerId}::uuid, ${id}::uuid, ${row.first_name}, ${row.last_name}, ${row.email},
      ${row.phone}, ${row.bday_year}::smallint, ${row.bday_md}::smallint, ${row.additional_data},
      ${row.sort_key}, ${row.search}, modseq
    from owner
    returning *`.execute(db)
  return rows[0] as ContactRow
}

export function findContact(db: Database, ownerId: string, id: string) {
  return db
    .selectFrom('contacts')
    .where('owner_id', '=', ownerId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst()
}

/**
 * Finds a contact and keeps others from changing it until the transaction ends. The owner is locked
 * first, as wherever contacts are written or an account is deleted: so no two wait for each other.
 */
export function lockContact(trx: Database, ownerId: string, id: string) {
  return trx
    .selectFrom('owners')
    .innerJoin('contacts', 'contacts.owner_id', 'owners.id')
    .where('owners.id', '=', ownerId)
    .where('contacts.id', '=', id)
    .selectAll('contacts')
    .forNoKeyUpdate(['owners', 'contacts'])
    .executeTakeFirst()
}

/** Overwrites a contact and counts the change. Call after {@link lockContact}. */
export async function updateContact(
  trx: Database,
  ownerId: string,
  id: string,
  row: ContactFields,
) {
  return trx
    .updateTable('contacts')
    .set({ ...row, modseq: await nextRevision(trx, ownerId), updated_at: sql`clock_timestamp()` })
    .where('owner_id', '=', ownerId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Deletes a contact and counts the change. Call after {@link lockContact}. */
export async function deleteContact(trx: Database, ownerId: string, id: string) {
  await nextRevision(trx, ownerId)
  await trx.deleteFrom('contacts').where('owner_id', '=', ownerId).where('id', '=', id).execute()
}

/**
 * A page of the owner's contacts that match every pattern, and one more row where there is a next
 * page, with the number of all that match, in one round trip. A page behind the last one is empty
 * and has no total.
 *
 * The page is found by ids alone, because these are in the covering index; asked for whole rows,
 * PostgreSQL would read the whole table for a rare word.
 */
export async function listContacts(
  db: Database,
  ownerId: string,
  patterns: Alternatives[],
  page: Page,
) {
  const { order, after, skip, limit } = page
  const beyond = after && (order.descending ? sql`<` : sql`>`)
  const sorted = sql`order by ${order.column} ${direction(order)}, id ${direction(order)}`
  const { rows } = await sql<ContactRow & { total: number }>`
    select contacts.*, (${countOf(ownerId, patterns)}) as total
    from contacts
    join (
      select owner_id, id
      from contacts
      where ${matching(ownerId, patterns)}
      ${after ? sql`and (${order.column}, id) ${beyond} (${after.key}, ${after.id}::uuid)` : sql``}
      ${sorted}
      limit ${limit + 1} offset ${skip}
    ) page using (owner_id, id)
    where owner_id = ${ownerId}
    ${sorted}`.execute(db)
  return rows
}

/** How many of the owner's contacts match every pattern. */
export async function countContacts(db: Database, ownerId: string, patterns: Alternatives[]) {
  const { rows } = await sql<{ count: number }>`${countOf(ownerId, patterns)}`.execute(db)
  return rows[0]?.count ?? 0
}

/** The owner's next revision. Its row lock, held until commit, orders all of the owner's writes. */
async function nextRevision(trx: Database, ownerId: string): Promise<number> {
  const owner = await trx
    .updateTable('owners')
    .set((owner) => ({ modseq: owner('modseq', '+', 1) }))
    .where('id', '=', ownerId)
    .returning('modseq')
    .executeTakeFirstOrThrow()
  return owner.modseq
}

function countOf(ownerId: string, patterns: Alternatives[]) {
  return sql`select count(*) from contacts where ${matching(ownerId, patterns)}`
}

function matching(ownerId: string, patterns: Alternatives[]): RawBuilder<unknown> {
  const found = patterns.map((alternatives) => sql` and search like any (${alternatives}::text[])`)
  return sql`owner_id = ${ownerId}${sql.join(found, sql``)}`
}

function direction(order: Page['order']) {
  return order.descending ? sql`desc` : sql`asc`
}
