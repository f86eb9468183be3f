import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { openTestDatabase } from '../../test/database.ts'
import { insertUser } from '../accounts/user-queries.ts'
import { aging as allAging } from '../cleanup.ts'
import type { OpenDatabase } from './database.ts'
import { useGenericPlans } from './generic-plans.ts'
import { deleteSomeOld, findOwnersOfOld, purge, type Aging } from './purge.ts'
import { textOf } from './steps.ts'

const aging: Aging = {
  table: 'security_events',
  owner: 'user_id',
  key: 'id',
  since: 'at',
  lifetime: '10 days',
  batchSize: 2,
}

let database: OpenDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database[Symbol.asyncDispose]())

describe('a purge', () => {
  let owners: string[]
  beforeEach(async () => {
    owners = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
    await database.pool.query('delete from security_events')
    for (const id of owners) {
      const email = `${id}@example.org`
      await insertUser(database.db, { id, username: 'Ada', email, password_hash: '-' })
    }
  })

  /** Adds events of an owner that are so many days old. */
  async function addEvents(owner: string | undefined, ...days: number[]) {
    for (const age of days) {
      await database.pool.query(
        `insert into security_events (user_id, id, kind, ip, user_agent, at)
        values ($1, $2, 'test', '', '', now() - make_interval(days => $3))`,
        [owner, randomUUIDv7(), age],
      )
    }
  }

  /** The ages of the events that an owner has, in days. */
  async function agesOf(owner: string | undefined): Promise<number[]> {
    const { rows } = await database.pool.query(
      `select round(extract(epoch from now() - at) / 86400)::integer as age
      from security_events where user_id = $1 order by age`,
      [owner],
    )
    return rows.map(({ age }) => age)
  }

  it('deletes of every owner what is old enough, in as many batches as that takes', async () => {
    await addEvents(owners[0], 1, 9, 11, 12, 13, 14, 400)
    await addEvents(owners[1], 11)
    await addEvents(owners[2], 2)
    await purge(database.write, aging)
    assert.deepEqual(await Promise.all(owners.map(agesOf)), [[1, 9], [], [2]])
  })

  it('asks about one owner at a time, once it is known who has something', async () => {
    await addEvents(owners[0], 11)
    await addEvents(owners[1], 12)
    await addEvents(owners[2], 2)
    const asked: unknown[][] = []
    await purge(async (text, values) => {
      asked.push(values)
      return database.write(text, values)
    }, aging)
    assert.deepEqual(asked, [[], [owners[1], 2], [owners[0], 2], []])
  })

  it('deletes only rows of the kind that ages', async () => {
    await addEvents(owners[0], 11, 12)
    const none = { ...aging, only: `kind <> 'test'` }
    await purge(database.write, none)
    assert.deepEqual(await agesOf(owners[0]), [11, 12])
  })

  it('passes over rows that somebody is writing, and comes to its end', async () => {
    await addEvents(owners[0], 11)
    await addEvents(owners[1], 12)
    await database.transaction(async (ask) => {
      await ask('select from security_events where user_id = $1 for update', [owners[0]])
      await purge(database.write, aging)
    })
    assert.deepEqual(await Promise.all(owners.map(agesOf)), [[11], [], []])
    await purge(database.write, aging)
    assert.deepEqual(await agesOf(owners[0]), [])
  })

  it('reads only what is due, by an index on its time', async () => {
    for (const one of allAging) {
      const plan = await planOf((ask) => findOwnersOfOld(ask, one))
      assert.match(plan, /Index (Only )?Scan using/, one.table)
      assert.match(plan, new RegExp(String.raw`Index Cond: \(${one.since} < `), one.table)
      assert.doesNotMatch(plan, /Seq Scan|Sort/, one.table)
      const deletion = await planOf((ask) => deleteSomeOld(ask, one, randomUUIDv7(), 500))
      assert.doesNotMatch(deletion, /Seq Scan/, one.table)
    }
  })
})

/** How PostgreSQL would run it for an average owner. */
function planOf(work: (ask: OpenDatabase['write']) => Promise<unknown>): Promise<string> {
  return database.transaction(async (explain) => {
    await useGenericPlans(explain)
    // In a small table all of it is as near.
    await explain('set local enable_bitmapscan = off', [])
    let plan = ''
    await work(async (statement, values) => {
      const rows = await explain<{ 'QUERY PLAN': string }>(`explain ${textOf(statement)}`, values)
      plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      return []
    })
    return plan
  })
}
