import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { blockContacts } from './block-contacts.ts'
import { expectStatus, signUp, type Person } from './people.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import { expectAll, expectUnavailable, newLedger, writeMany } from './writers.ts'

describe('PostgreSQL', () => {
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
    await using block = await blockContacts(postgres.url('postgres'))
    const answer = ada.post('/api/contacts', { first_name: 'half' })
    for (const pid of await block.waiting(1)) await block.terminate(pid)
    expectUnavailable(await answer)
    await block.release()

    const contacts = await ada.get('/api/contacts?q=half')
    assert.deepEqual(contacts.json(), [])
    expectStatus(await ada.post('/api/contacts', { first_name: 'whole' }), 201)
  })

  it('ends a statement that takes too long', async () => {
    await using _block = await blockContacts(postgres.url('postgres'))
    const answer = await ada.post('/api/contacts', { first_name: 'late' })
    expectUnavailable(answer)
    assert.equal(answer.json().code, 'too_slow')
  })

  it('may hang, and its connections are given up', async () => {
    await using block = await blockContacts(postgres.url('postgres'))
    const names = ['one', 'two', 'three']
    const answers = names.map((first_name) => ada.post('/api/contacts', { first_name }))
    const pids = await block.waiting(names.length)
    for (const pid of pids) process.kill(pid, 'SIGSTOP')
    await block.release()
    for (const answer of await Promise.all(answers)) expectUnavailable(answer)
    expectStatus(await ada.post('/api/contacts', { first_name: 'after' }), 201)
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  })

  it('never made the server fail otherwise', () => {
    assert.equal(count('"status":500'), 0)
  })
})
