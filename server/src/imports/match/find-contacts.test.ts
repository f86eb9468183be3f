import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { openTestDatabase } from '../../../test/database.ts'
import { emptyContact } from '../../book/contact.ts'
import { sortKey } from '../../book/sort-key.ts'
import { textOf } from '../../db/steps.ts'
import { refreshStatistics } from '../../db/table-statistics.ts'
import { findLookAlikes } from './find-contacts.ts'

const database = await openTestDatabase()
after(() => database[Symbol.asyncDispose]())
const { pool } = database
const contact = { ...emptyContact(), first_name: 'Ada', last_name: 'Lovelace' }
const ada = { number: 1, contact, sortAs: null }
const ownerId = await fillBook(2_000)

describe('contacts that look like an entry', () => {
  it('are found by name, e-mail and phone at once, and not among all of the same name', async () => {
    const plans: string[] = []
    await findLookAlikes(
      async (statement, values) => {
        const { rows } = await pool.query(`explain ${textOf(statement)}`, values)
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
        return [ada] as never[]
      },
      ownerId,
      [ada],
    )
    assert.equal(plans.length, 2)
    for (const plan of plans) {
      assert.match(plan, /Index Scan using contacts_namesakes/)
      assert.doesNotMatch(plan, /Seq Scan|contacts_list/)
    }
  })

  it('are found among thousands of the same name', async () => {
    const email = 'ada.1500@example.org'
    const other = { ...contact, emails: [{ label: null, value: email }] }
    const wanted = [ada, { ...ada, number: 2, contact: other }]
    const found = await findLookAlikes(database.read, ownerId, wanted)
    assert.deepEqual(
      [...found].map(([number, rows]) => [number, rows.map((row) => row.email)]),
      [[2, [email]]],
    )
  })
})

describe('the statistics of the tables', () => {
  it('are made where they know less than half of what an import has read, and only there', async () => {
    const analysed = async () => {
      const { rows } = await pool.query<{ name: string }>(
        `select relname as name from pg_class where reltuples >= 0
          and relname = any ('{contacts,contact_sources}') order by name`,
      )
      return rows.map(({ name }) => name)
    }
    assert.deepEqual(await analysed(), ['contacts'])
    await refreshStatistics(database, ['contacts', 'contact_sources'], 400)
    assert.deepEqual(await analysed(), ['contact_sources', 'contacts'])
  })
})

/** A book of people who all have one name, but each an e-mail address of their own. */
async function fillBook(contacts: number): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `with person as (insert into users (id, username, email, password_hash)
       values (gen_random_uuid(), 'Owner', 'owner@example.org', '') returning id)
     insert into owners (id) select id from person returning id`,
  )
  const [owner] = rows
  await pool.query(
    `insert into contacts (owner_id, id, first_name, last_name, email, sort_key, search, modseq)
     select $1, gen_random_uuid(), 'Ada', 'Lovelace', 'ada.' || number || '@example.org', $2, '',
       number
     from generate_series(1, $3::integer) number`,
    [owner?.id, sortKey(contact), contacts],
  )
  await pool.query('analyze contacts')
  return owner?.id ?? ''
}
