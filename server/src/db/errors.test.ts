import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openTestDatabase } from '../../test/database.ts'
import { keepLog } from '../../test/log.ts'
import { startPostgres } from '../../test/postgres.ts'
import { freePort } from '../../test/programs.ts'
import { openDatabase, type Database, type OpenDatabase } from './database.ts'
import { isDatabaseAway, isOwnerGone, isStatementTimeout, isUniqueViolation } from './errors.ts'

/** What a statement fails with. */
async function failureOf(db: Database, statement: string): Promise<unknown> {
  try {
    await sql.raw(statement).execute(db)
  } catch (error) {
    return error
  }
  throw new Error('the statement did not fail')
}

/** A statement that fails as Citus does. */
function raising(code: string, message: string): string {
  return `do $$ begin raise exception '${message}' using errcode = '${code}'; end $$`
}

describe('an error of the database', () => {
  let database: OpenDatabase
  before(async () => {
    database = await openTestDatabase()
  })
  after(() => database[Symbol.asyncDispose]())

  it('is a unique violation of the constraint that it names, and of no other', async () => {
    await sql`create table things (name text constraint things_name_once unique)`.execute(
      database.db,
    )
    await sql`insert into things values ('a')`.execute(database.db)
    const error = await failureOf(database.db, "insert into things values ('a')")
    assert.equal(isUniqueViolation(error, 'things_name_once'), true)
    assert.equal(isUniqueViolation(error, 'user_emails_once'), false)
    assert.equal(isDatabaseAway(error), false)
  })

  it('is a unique violation also in a shard, which has a number behind the name', async () => {
    const ofShard = raising(
      '23505',
      'duplicate key violates unique constraint "labels_name_once_102053"',
    )
    const error = await failureOf(database.db, ofShard)
    assert.equal(isUniqueViolation(error, 'labels_name_once'), true)
    assert.equal(isUniqueViolation(error, 'labels_name'), false)
    assert.equal(isUniqueViolation(error, 'users_email_once'), false)
  })

  it('is an outage when a node is away on which a part of the data lies', async () => {
    for (const [code, message] of [
      ['CIINF', 'could not open file "base/pgsql_job_cache/10_0_1/1_1.data"'],
      ['XX000', 'could not commit transaction for shard 102030 on at least 1 active node'],
      ['XX000', 'connection to the remote node citus@10.0.0.2:5432 failed'],
      ['40P01', 'canceling the transaction since it was involved in a distributed deadlock'],
    ] as const) {
      assert.equal(isDatabaseAway(await failureOf(database.db, raising(code, message))), true)
    }
    assert.equal(isDatabaseAway(await failureOf(database.db, raising('XX000', 'wrong'))), false)
  })

  it('tells of an owner who is gone', async () => {
    const error = await failureOf(database.db, 'insert into owners (id) values (gen_random_uuid())')
    assert.equal(isOwnerGone(error), true)
  })

  it('is not an outage when the statement was wrong', async () => {
    assert.equal(isDatabaseAway(await failureOf(database.db, 'selekt 1')), false)
  })

  it('is an outage when nothing listens', async () => {
    const databaseUrl = `postgres://postgres@127.0.0.1:${await freePort()}/kith`
    await using database = openDatabase(databaseUrl, keepLog().log)
    assert.equal(isDatabaseAway(await failureOf(database.db, 'select 1')), true)
  })

  it('is an outage when somebody listens and never answers', async () => {
    await using silent = createServer((socket) => socket.resume())
    const port = await freePort()
    await once(silent.listen(port, '127.0.0.1'), 'listening')
    const url = `postgres://postgres@127.0.0.1:${port}/kith`
    await using database = openDatabase(url, keepLog().log)
    const asked = [
      database.read('select 1', []),
      database.transaction((ask) => ask('select 1', [])),
    ]
    for (const answer of await Promise.allSettled(asked)) {
      assert.ok(answer.status === 'rejected')
      assert.equal(isDatabaseAway(answer.reason), true, String(answer.reason))
    }
  })

  it('tells of a statement that took too long', async () => {
    await using postgres = await startPostgres()
    const databaseUrl = `${postgres.url('postgres')}?statement_timeout=50`
    await using database = openDatabase(databaseUrl, keepLog().log)
    const error = await failureOf(database.db, 'select pg_sleep(60)')
    assert.equal(isStatementTimeout(error), true)
    assert.equal(isDatabaseAway(error), false)
  })
})
