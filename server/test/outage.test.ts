import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { blockContacts } from './block-contacts.ts'
import { expectStatus, signUp, type Answer, type Person } from './people.ts'
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

  for (const path of ['/api/users/me/export', '/api/export.vcf']) {
    it(`may end the connection of a download, ${path}, which breaks off and ends nothing else`, async () => {
      await using block = await blockContacts(postgres.url('postgres'))
      const download = ada.get(path).catch((error: unknown) => error)
      for (const pid of await block.waiting(1)) await block.terminate(pid)
      const outcome = await download
      // The ZIP has begun by then; of the other one nothing was sent yet.
      if (path.endsWith('.vcf')) expectUnavailable(outcome as Answer)
      else assert.ok(outcome instanceof Error, 'the download ended well')
      await block.release()
      expectStatus(await ada.get(path), 200)
    })
  }

  it('logs a download that broke off', () => {
    assert.equal(count('an answer broke off'), 1)
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
