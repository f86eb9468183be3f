import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openTestDatabase } from '../../test/database.ts'
import { keepLog } from '../../test/log.ts'
import { startPostgres, type TestPostgres } from '../../test/postgres.ts'
import { startProxy } from '../../test/proxy.ts'
import { until } from '../../test/until.ts'
import { inTransaction, openDatabase, type OpenDatabase } from './database.ts'
import { isDatabaseAway } from './errors.ts'

async function one({ db }: OpenDatabase, expression: string): Promise<unknown> {
  const { rows } = await sql.raw<{ value: unknown }>(`select ${expression} as value`).execute(db)
  return rows[0]?.value
}

async function openFresh(url: string, poolSize = 10) {
  const { log, lines } = keepLog()
  return { lines, database: openDatabase(url, log, { poolSize }) }
}

describe('the embedded database', () => {
  let database: OpenDatabase
  before(async () => {
    database = await openTestDatabase()
  })
  after(() => database[Symbol.asyncDispose]())

  it('commits a transaction with what its work returns, or keeps nothing of it', async () => {
    await sql`create table things (id integer)`.execute(database.db)
    const result = await inTransaction(database.db, async (trx) => {
      await sql`insert into things values (1)`.execute(trx)
      return 'done'
    })
    assert.equal(result, 'done')
    const failure = inTransaction(database.db, async (trx) => {
      await sql`insert into things values (2)`.execute(trx)
      throw new Error('changed my mind')
    })
    await assert.rejects(failure, /changed my mind/)
    assert.equal(await one(database, '(select count(*) from things)'), 1)
  })

  it('gives values as PostgreSQL does', async () => {
    assert.equal(await one(database, '4503599627370496::bigint'), 4503599627370496)
    assert.deepEqual(await one(database, "'\\x00ff'::bytea"), Buffer.from([0, 255]))
    assert.deepEqual(
      await one(database, "'2026-02-28T12:00:00Z'::timestamptz"),
      new Date('2026-02-28T12:00:00Z'),
    )
  })
})

describe('PostgreSQL', () => {
  let postgres: TestPostgres
  before(async () => {
    postgres = await startPostgres()
  })
  after(() => postgres[Symbol.asyncDispose]())

  it('may not run a statement, or sit in a transaction, for ever', async () => {
    await using database = (await openFresh(postgres.url('postgres'))).database
    assert.equal(await one(database, "current_setting('statement_timeout')"), '15s')
    const idle = "current_setting('idle_in_transaction_session_timeout')"
    assert.equal(await one(database, idle), '30s')
    assert.equal(await one(database, "current_setting('application_name')"), 'kith')
  })

  it('may go away and come back without a restart of ours', async () => {
    const { database, lines } = await openFresh(postgres.url('postgres'))
    await using _ = database
    await one(database, '1')
    await postgres.stop('SIGQUIT')
    await assert.rejects(one(database, '1'), isDatabaseAway)
    await postgres.start()
    assert.equal(await one(database, '1'), 1)
    assert.match(lines.join(), /a database connection was lost/)
  })

  it('may lose a connection in the middle of a statement', async () => {
    await using proxy = await startProxy(postgres.url('postgres'))
    await using database = (await openFresh(proxy.url)).database
    const asked = assert.rejects(one(database, 'pg_sleep(60)'), isDatabaseAway)
    await until('the statement', () => database.pool.totalCount - database.pool.idleCount === 1)
    await proxy.cut()
    await asked
    await proxy.restore()
    assert.equal(await one(database, '1'), 1)
  })

  it('has no more connections than the pool allows', async () => {
    await using database = (await openFresh(postgres.url('postgres'), 3)).database
    await Promise.all(Array.from({ length: 20 }, () => one(database, 'pg_sleep(0.01)')))
    assert.equal(database.pool.totalCount, 3)
  })
})
