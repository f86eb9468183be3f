import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { signUp, type Person } from './people.ts'
import { startPostgres, withoutPostgres, type TestPostgres } from './postgres.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import { until } from './until.ts'
import { expectAll, expectUnavailable, newLedger, writeMany } from './writers.ts'

describe('PostgreSQL', { skip: withoutPostgres() }, () => {
  let postgres: TestPostgres
  let server: ServerProcess
  let ada: Person
  const get = (url: string) => server.inject({ method: 'GET', url })
  const count = (text: string) => server.output().split(text).length - 1

  before(async () => {
    postgres = await startPostgres()
    server = await startServerProcess({
      DATABASE_URL: postgres.url('postgres'),
      REDIS_URL: '',
    })
    ada = await signUp(server)
  })
  after(async () => {
    await server[Symbol.asyncDispose]()
    await postgres[Symbol.asyncDispose]()
  })

  /** Holds a lock that lets every new contact wait, until it is ended. */
  async function blockContacts() {
    const blocker = new pg.Client(postgres.url('postgres'))
    await blocker.connect()
    await blocker.query('begin; lock table contacts')
    return blocker
  }

  const waitingBackends = `
    select pid from pg_stat_activity
    where wait_event_type = 'Lock' and application_name = 'kith'`

  it('may go away and come back under load', async () => {
    const ledger = newLedger()
    let isBack = false
    const outage = async () => {
      await postgres.stop()
      for (const path of ['/readyz', '/api/healthchecker']) expectUnavailable(await get(path))
      assert.equal((await get('/livez')).statusCode, 200)
      await postgres.start()
      isBack = true
    }
    let over: Promise<void> | undefined
    await writeMany(server, ada, ledger, (answers) => {
      if (answers === 15) over = outage()
      return answers < 40 || !isBack
    })
    await over
    assert.ok(ledger.refusals > 0)
    assert.equal((await get('/readyz')).statusCode, 200)
    await expectAll(ada, ledger)
    await signUp(server)
    assert.equal(count('the database is away'), 1)
    assert.equal(count('the database is back'), 1)
    assert.equal(count('the job queue could not be read'), 0)
  })

  it('may end a connection in the middle of a transaction, of which nothing stays', async () => {
    const blocker = await blockContacts()
    const answer = ada.post('/api/contacts', { first_name: 'half' })
    const pid = await until(
      'the wait',
      async () => (await blocker.query(waitingBackends)).rows[0]?.pid,
    )
    await blocker.query('select pg_terminate_backend($1)', [pid])
    expectUnavailable(await answer)
    await blocker.query('rollback')
    await blocker.end()

    const contacts = await ada.get('/api/contacts?q=half')
    assert.deepEqual(contacts.json(), [])
    const again = await ada.post('/api/contacts', { first_name: 'whole' })
    assert.equal(again.statusCode, 201)
  })

  it('ends a statement that takes too long', async () => {
    const blocker = await blockContacts()
    const answer = await ada.post('/api/contacts', { first_name: 'late' })
    expectUnavailable(answer)
    assert.equal(answer.json().code, 'too_slow')
    await blocker.query('rollback')
    await blocker.end()
  })

  it('may hang, and its connections are given up', async () => {
    const blocker = await blockContacts()
    const answers = [1, 2, 3].map((number) =>
      ada.post('/api/contacts', { first_name: `${number}` }),
    )
    const { rows } = await until('the waits', async () => {
      const found = await blocker.query<{ pid: number }>(waitingBackends)
      return found.rows.length === answers.length && found
    })
    for (const { pid } of rows) process.kill(pid, 'SIGSTOP')
    await blocker.query('rollback')
    for (const answer of await Promise.all(answers)) expectUnavailable(answer)
    assert.equal((await ada.post('/api/contacts', { first_name: 'after' })).statusCode, 201)
    for (const { pid } of rows) process.kill(pid, 'SIGCONT')
    await blocker.end()
  })

  it('never made the server fail otherwise', () => {
    assert.equal(count('"status":500'), 0)
  })
})
