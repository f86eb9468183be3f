import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { startServer } from '../../test/server.ts'
import { findBirthdays } from '../birthdays/queries.ts'
import { emptyContact } from '../book/contact.ts'
import { searchWords, startsWithPattern, wordPatterns } from '../book/search-words.ts'
import { readChanges } from '../changes/queries.ts'
import type { Ask } from '../db/ask.ts'
import { useGenericPlans } from '../db/generic-plans.ts'
import { textOf } from '../db/steps.ts'
import { listTrash } from '../trash/queries.ts'
import { readPage } from './page.ts'
import { firstBookId } from './store/card-files.ts'
import { toColumns } from './store/columns.ts'
import { findAnswers } from './store/idempotency-keys.ts'
import { insertFileIfFree } from './store/insert-file.ts'
import { byRelevance, timeOrder } from './store/order.ts'
import { findContact, findWholes, listContacts } from './store/queries.ts'
import { findByWords, findCandidates } from './store/search.ts'
import { shownShape } from './store/shapes.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { pool, read } = server.services.database
const ownerId = await fillBooks()
const page = readPage({ sort: 'name', skip: 0, limit: 50 })
const relevant = { ...page, order: byRelevance }
const deepPage = readPage({ sort: 'name', skip: 700, limit: 50 })

describe('in a table with many books', () => {
  it('a rare word is looked for in the covering index alone', async () => {
    for (const patterns of [wordPatterns('needle'), [startsWithPattern('last_name', 'needle')]]) {
      const plan = await planOf((read) => listContacts(read, ownerId, { patterns }, page))
      // Once to count, once to find the page.
      assert.equal(plan.match(/Index Only Scan using contacts_search/g)?.length, 2)
      assert.doesNotMatch(plan, /Seq Scan|contacts_list/)
    }
  })

  it('words are searched in it once, whatever is forgiven', async () => {
    const search = { words: searchWords('needle'), inNotes: false }
    for (const ask of [
      (read: Ask) => findByWords(read, shownShape, ownerId, search, relevant),
      (read: Ask) => findCandidates(read, ownerId, search, 5_000),
    ]) {
      const plan = await planOf(ask)
      assert.equal(plan.match(/Index Only Scan using contacts_search/g)?.length, 1)
      assert.doesNotMatch(plan, /Seq Scan|contacts_list/)
    }
  })

  it('a page is found in the order of the list, also a deep one', async () => {
    for (const wanted of [page, deepPage]) {
      const plan = await planOf((read) => listContacts(read, ownerId, { patterns: [] }, wanted))
      assert.match(plan, /Index (Only )?Scan( Backward)? using contacts_list/)
      assert.doesNotMatch(plan, /Seq Scan/)
    }
  })

  it('those with a label are found among the labelled alone', async () => {
    const filter = { patterns: [], labelId: randomUUID() }
    const plan = await planOf((read) => listContacts(read, ownerId, filter, page))
    assert.equal(plan.match(/contacts_labelled/g)?.length, 2)
    assert.doesNotMatch(plan, /Seq Scan/)
  })

  it('the trash is found without the rest', async () => {
    const order = { ...timeOrder('deleted_at'), name: 'deleted_at', descending: true }
    const plan = await planOf((read) => listTrash(read, ownerId, { ...page, order }))
    assert.match(plan, /Index Scan( Backward)? (using|on) contacts_trash/)
    assert.doesNotMatch(plan, /Seq Scan/)
  })

  it('one contact is read by its key alone', async () => {
    const plan = await planOf((read) => findContact(read, ownerId, randomUUID()))
    assert.match(plan, /^Index Scan using contacts_pkey/)
    assert.doesNotMatch(plan, /contact_cards/)
  })

  it('several contacts and kept answers are found by their keys, also where there are none yet', async () => {
    const ids = [randomUUID(), randomUUID()]
    const wholes = await genericPlanOf((read) => findWholes(read, ownerId, ids))
    assert.match(
      wholes,
      /Index Scan using contacts_pkey .+\n +Index Cond: .+ AND \(id = asked\.id\)/,
    )
    assert.match(wholes, /Index Scan using contact_cards_pkey/)
    const answers = await genericPlanOf((read) => findAnswers(read, ownerId, 'batch', ids))
    assert.match(
      answers,
      /Index Scan using idempotency_keys_pkey .+\n +Index Cond: .+ AND \(key = asked\.key\)/,
    )
  })

  it('what a new file could be in the way of is found by its names, also in a book that was empty', async () => {
    const columns = toColumns(emptyContact(), [])
    const card = { version: '3.0', text: '' }
    const contact = { columns, labelIds: [], uid: randomUUID(), photoHash: null, card }
    const file = { id: randomUUID(), bookId: firstBookId, name: 'a.vcf', contact }
    const author = { ownerId, actorId: ownerId, via: 'carddav' } as const
    const plan = await genericPlanOf((ask) => insertFileIfFree(ask, author, file, []))
    assert.match(
      plan,
      /using contacts_uid_once .+\n +Index Cond: .+ AND \(\(lower\(\(uid\)::text\)\) = lower\(.+unnest\(.+\)/,
    )
    assert.match(plan, /using contacts_card_name_once .+\n +Index Cond: .+ AND \(card_name = /)
  })

  it('changes are found behind a position, without those before it', async () => {
    const range = { after: 900, start: 0, upTo: 1000, limit: 50 }
    const plan = await planOf((read) => readChanges(read, ownerId, range, 'full'))
    assert.match(plan, /Index (Only )?Scan using contacts_by_modseq/)
    assert.doesNotMatch(plan, /Seq Scan on contacts/)
  })

  it('birthdays are found by their days', async () => {
    const ranges = [
      { from: 1230, to: 1231 },
      { from: 101, to: 105 },
    ]
    const plan = await planOf((read) => findBirthdays(read, ownerId, ranges))
    assert.match(plan, /contacts_birthday/)
    assert.doesNotMatch(plan, /Seq Scan/)
  })

  it('a book that is most of the table is searched there as well', async () => {
    const largest = await fillLargeBook()
    const search = { words: searchWords('needle'), inNotes: false }
    for (const ask of [
      (asking: Ask) => findByWords(asking, shownShape, largest, search, relevant),
      (asking: Ask) => findCandidates(asking, largest, search, 5_000),
    ]) {
      const plan = await planOf(ask)
      assert.match(plan, /Index Only Scan using contacts_search/)
      assert.doesNotMatch(plan, /Seq Scan/)
    }
  })
})

/** A book of 1000 contacts among 19 others. */
async function fillBooks(): Promise<string> {
  const owners: string[] = []
  for (let number = 0; number < 20; number++) owners.push(await addOwner(number))
  await pool.query(
    `insert into contacts (owner_id, id, first_name, bday_md, sort_key, search, modseq,
       label_ids, deleted_at)
     select owner, gen_random_uuid(), name, 101 + number % 1100, name,
       e'\\u0001' || name || e'\\u0002\\u0003\\u0004' || number || e'\\u0005', number,
       case when number % 20 = 0 then array[owner] else '{}' end,
       case when number % 50 = 1 then now() end
     from unnest($1::uuid[]) owner, generate_series(1, 1000) number,
       lateral (select md5(owner::text || number) as name) names`,
    [owners],
  )
  await pool.query('vacuum (analyze) contacts')
  return owners[7] ?? ''
}

/** A book of 50,000 contacts beside these. */
async function fillLargeBook(): Promise<string> {
  const owner = await addOwner(20)
  await pool.query(
    `insert into contacts (owner_id, id, first_name, sort_key, search, modseq)
     select $1, gen_random_uuid(), name, name, e'\\u0001 ' || name || ' ', number
     from generate_series(1, 50000) number, lateral (select md5(number::text) as name) names`,
    [owner],
  )
  await pool.query('vacuum (analyze) contacts')
  return owner
}

async function addOwner(number: number): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `with person as (insert into users (id, username, email, password_hash)
       values (gen_random_uuid(), 'Owner', $1, '') returning id)
     insert into owners (id) select id from person returning id`,
    [`owner.${number}@example.org`],
  )
  return rows[0]?.id ?? assert.fail('there is no owner')
}

/** How PostgreSQL would run it for an average owner, whatever the values. */
function genericPlanOf(ask: (read: Ask) => Promise<unknown>): Promise<string> {
  return server.services.database.transaction(async (explain) => {
    await useGenericPlans(explain)
    let plan = ''
    await ask(async (statement, values) => {
      await explain(`prepare asked as ${textOf(statement)}`, [])
      const given = values.map(() => 'null').join()
      const rows = await explain<{ 'QUERY PLAN': string }>(`explain execute asked (${given})`, [])
      plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      await explain('deallocate asked', [])
      return []
    })
    return plan
  })
}

/** How PostgreSQL would run what a function of ours asks. */
async function planOf(ask: (read: Ask) => Promise<unknown>): Promise<string> {
  const plans: string[] = []
  await ask(async (statement, values) => {
    const rows = await read<{ 'QUERY PLAN': string }>(`explain ${textOf(statement)}`, values)
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
    return []
  })
  return plans.join('\n')
}
