import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, beforeEach, describe, it } from 'node:test'
import { phoneCard } from '../../test/cards.ts'
import { openTestDatabase } from '../../test/database.ts'
import { keepLog } from '../../test/log.ts'
import { contactWith } from '../book/contact.ts'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { textOf } from '../db/steps.ts'
import { createLabel } from '../labels/labels.ts'
import { createMetrics } from '../metrics.ts'
import { cardPhotoHash } from '../vcard/photo-hash.ts'
import { readCard } from '../vcard/read-card.ts'
import { createContact, patchContact, removeContact } from './contacts.ts'
import { storedAsCame } from './incoming-card.ts'
import { createIndexState } from './index-state.ts'
import { isReprojectionDue, reproject } from './reproject.ts'
import { columnsVersion, toColumns } from './store/columns.ts'
import type { Author } from './store/locked-book.ts'
import { insertContact } from './store/write-one.ts'

const { signal } = new AbortController()
// More than two batches.
const contactsOfEach = 120

const database = await openTestDatabase()
after(() => database[Symbol.asyncDispose]())
const ada = await fillBook()
const grace = await fillBook()
await database.pool.query(
  `insert into column_versions (version, finished_at, confirmed_at) values ($1, now(), now())
   on conflict do nothing`,
  [columnsVersion],
)

// Each test raises it once more.
let version = columnsVersion

/** What a process of that version does. */
function newProcess(ofDatabase: Partial<OpenDatabase> = {}) {
  const metrics = createMetrics(database.pool)
  const services = {
    database: { ...database, ...ofDatabase },
    indexState: createIndexState(async () => false),
    log: keepLog().log,
    metrics,
  }
  return {
    look: (at = version) => isReprojectionDue(services, at),
    work: (at = version) => reproject(services, at, signal),
    isUpdating: () => services.indexState.isUpdating,
    written: async () => (await metrics.reprojected.get()).values[0]?.value,
    [Symbol.asyncDispose]: () => services.indexState[Symbol.asyncDispose](),
  }
}

describe('contacts with columns of an older version', () => {
  beforeEach(async () => {
    version++
    await using process = newProcess()
    await process.look()
  })

  it('get new columns, also in the trash, and are not changed', async () => {
    const before = await allRows()
    const revisions = await countOf('contact_revisions')
    await outdate()
    assert.notDeepEqual(await allRows(), before)

    await using process = newProcess()
    assert.equal(await process.look(), true)
    assert.equal(process.isUpdating(), true)
    await process.work()
    assert.equal(process.isUpdating(), false)
    assert.deepEqual(await allRows(), withVersion(before, version))
    assert.equal(await countOf('contact_revisions'), revisions)
    assert.equal(await process.written(), before.length)
  })

  it('stay as somebody changes them between the reading and the writing', async () => {
    const { rows } = await database.pool.query(
      `select id from contacts where owner_id = $1 and first_name = 'Person 7'`,
      [ada.ownerId],
    )
    const total = await countOf('contacts')
    const names = { first_name: 'Grace', last_name: 'Łącki' }
    await outdate()
    let transactions = 0
    const changeMeanwhile: OpenDatabase['transaction'] = async (work) => {
      const result = await database.transaction(work)
      if (++transactions === 1) {
        await patchContact(database, ada, rows[0].id, { ...names, phone: '123' })
      }
      return result
    }
    await using process = newProcess({ transaction: changeMeanwhile })
    await process.work()
    const found = await database.pool.query(
      `select first_name, phone, sort_key, search from contacts where id = $1`,
      [rows[0].id],
    )
    assert.equal(found.rows[0].first_name, 'Grace')
    assert.equal(found.rows[0].phone, '123')
    assert.equal(found.rows[0].sort_key, toColumns(contactWith(names), []).sort_key)
    assert.equal(await process.written(), total - 1)
  })

  it('are each written once, wherever the work is broken off', async () => {
    const before = await allRows()
    await outdate()
    let left = 0
    // Enough to read and write one batch; what comes next is taken back.
    const breakOff: OpenDatabase['transaction'] = (work) =>
      database.transaction(async (ask) => {
        const result = await work(ask)
        if (left-- === 0) throw new Error('broken off')
        return result
      })
    let rounds = 0
    let written = 0
    const worked = async (transactions: number) => {
      left = transactions
      await using process = newProcess({ transaction: breakOff })
      const isDone = await process.work().then(
        () => true,
        (error: unknown) => assert.match(String(error), /broken off/),
      )
      written += (await process.written()) ?? 0
      return isDone === true
    }
    while (!(await worked(2 + (rounds % 3)))) rounds++
    assert.ok(rounds > 4, `${rounds}`)
    assert.equal(written, before.length)
    assert.deepEqual(await allRows(), withVersion(before, version))
  })

  it('are each written once by several processes', async () => {
    const before = await allRows()
    await outdate()
    await using one = newProcess()
    await using two = newProcess()
    await using three = newProcess()
    const processes = [one, two, three]
    await Promise.all(processes.map(({ work }) => work()))
    const written = await Promise.all(processes.map((process) => process.written()))
    assert.equal(
      written.reduce((sum, count) => Number(sum) + Number(count)),
      before.length,
    )
    assert.deepEqual(await allRows(), withVersion(before, version))
  })

  it('leave off when they are told to, and keep what was done', async () => {
    await outdate()
    const stop = new AbortController()
    const stopAfterFirst: OpenDatabase['transaction'] = async (work) => {
      const result = await database.transaction(work)
      stop.abort(new Error('stopped'))
      return result
    }
    const metrics = createMetrics(database.pool)
    await using indexState = createIndexState(async () => false)
    const services = { database: { ...database, transaction: stopAfterFirst }, metrics, indexState }
    const work = reproject({ ...services, log: keepLog().log }, version, stop.signal)
    await assert.rejects(work, /stopped/)
    const { rows } = await database.pool.query(
      'select written from column_versions where version = $1',
      [version],
    )
    const done = Number(rows[0].written)
    assert.ok(done > 0 && done < contactsOfEach, `${done}`)
    await using later = newProcess()
    await later.work()
    assert.equal(await later.written(), (await countOf('contacts')) - done)
  })

  it('are looked for again where an older process may have written more of them', async () => {
    await database.pool.query('update contacts set proj_version = $1', [version])
    await using process = newProcess()
    await process.work()
    assert.equal(await process.look(), false)
    await createContact(database, grace, { first_name: 'Late' })

    await hoursLater()
    assert.equal(await process.look(), true)
    await process.work()
    assert.equal(await process.written(), 1)

    // As long as there are some, there may be more.
    await hoursLater()
    assert.equal(await process.look(), true)
    await process.work()
    await hoursLater()
    assert.equal(await process.look(), false)
    assert.equal(process.isUpdating(), false)
  })

  it('are looked for again after an older version ran once more', async () => {
    await using process = newProcess()
    await process.work()
    await hoursLater()
    await process.work()
    await using older = newProcess()
    assert.equal(await older.look(columnsVersion), false)
    await createContact(database, ada, { first_name: 'Late' })
    // The older one leaves newer columns alone.
    await older.work(columnsVersion)
    assert.equal(await older.written(), 0)

    assert.equal(await process.look(), true)
    assert.equal(process.isUpdating(), true)
    await process.work()
    assert.equal(process.isUpdating(), false)
    assert.equal(await process.written(), await countOf('contacts'))
  })

  it('are found to be none by one look at one row', async () => {
    const asked: string[] = []
    const counting: Ask = (statement, values) => {
      asked.push(textOf(statement))
      return database.write(statement, values)
    }
    await using process = newProcess({ write: counting })
    await process.work()
    await hoursLater()
    await process.work()
    asked.length = 0
    assert.equal(await process.look(), false)
    assert.equal(asked.length, 1)
    assert.match(asked[0] ?? '', /^select .* from column_versions where version >= \$1$/s)
    assert.equal(process.isUpdating(), false)
  })
})

/** A book with labels, a card and a trash. */
async function fillBook(): Promise<Author> {
  const id = randomUUIDv7()
  const author = { ownerId: id, actorId: id, via: 'api' } as const
  await database.pool.query(
    `insert into users (id, username, email, password_hash) values ($1, 'Ada', $2, '')`,
    [id, `${id}@example.org`],
  )
  const label = await createLabel(database, author, { name: 'Friends' })
  for (let number = 1; number < contactsOfEach; number++) {
    const labels = number % 10 === 0 ? { label_ids: [label.id] } : {}
    const names = { first_name: `Person ${number}`, last_name: 'Łącki' }
    const { contact } = await createContact(database, author, {
      ...names,
      ...labels,
      birthday: '1990-01-02',
      emails: [{ label: 'work', value: `person.${number}@example.org` }],
    })
    if (number % 20 === 0) await removeContact(database, author, contact.id)
  }
  const text = phoneCard.replace('END:VCARD', 'SORT-STRING:Zz\r\nEND:VCARD')
  assert.notEqual(text, phoneCard)
  const card = { text, ...readCard(text), photoHash: cardPhotoHash(text) }
  const cardId = randomUUIDv7()
  const stored = storedAsCame(card, cardId, { ids: [label.id], names: [label.name] })
  await insertContact(database.write, author, cardId, stored)
  await database.pool.query(
    'insert into contact_cards (owner_id, contact_id, version, card) values ($1, $2, $3, $4)',
    [id, cardId, '3.0', text],
  )
  return author
}

/** As if a version had written them that knew neither of the two columns. */
async function outdate(): Promise<void> {
  await database.pool.query(`update contacts set sort_key = 'outdated', search = 'outdated'`)
}

async function hoursLater(): Promise<void> {
  await database.pool.query(
    `update column_versions set finished_at = finished_at - interval '2 hours'`,
  )
}

type Row = Record<string, unknown>

async function allRows(): Promise<Row[]> {
  const { rows } = await database.pool.query<Row>(
    `select contacts.*, owners.modseq as counted, contact_cards.card
     from contacts join owners on owners.id = owner_id
       left join contact_cards on contact_id = contacts.id
     order by owner_id, contacts.id`,
  )
  return rows
}

function withVersion(rows: Row[], version: number): Row[] {
  return rows.map((row) => ({ ...row, proj_version: version }))
}

async function countOf(table: string): Promise<number> {
  const { rows } = await database.pool.query(`select count(*) from ${table}`)
  return rows[0].count
}
