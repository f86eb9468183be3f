import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { DataDirInUse } from '../src/db/data-dir.ts'
import { linkIn } from './mailbox.ts'
import { expectStatus, logIn, newAccount, signUp } from './people.ts'
import { startServerProcess } from './server-process.ts'
import { startServer } from './server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

describe('a server for tests', () => {
  it('runs on the backends of this pass', () => {
    const { database, redis } = server.services
    assert.equal(database.isOurs, process.env['KITH_TEST_SERVERS'] === undefined)
    assert.equal(redis !== null, process.env['KITH_TEST_REDIS'] !== undefined)
  })

  it('lets people in as strangers come in, on several devices', async () => {
    const ada = await signUp(server, { username: 'Ada' })
    const phone = await logIn(server, ada)
    for (const device of [ada, phone]) {
      const answer = await device.get('/api/users/me')
      expectStatus(answer, 200)
      assert.equal(answer.json().username, 'Ada')
    }
    assert.notEqual(ada.tokens.access_token, phone.tokens.access_token)
  })

  it('can wait until every mail is written', async () => {
    const account = newAccount()
    await server.inject({ method: 'POST', url: '/api/auth/signup', payload: account })
    await server.jobsDone()
    const [mail, ...others] = await server.mailbox.all(account.email)
    assert.ok(mail)
    assert.equal(linkIn(mail).origin, server.url)
    assert.deepEqual(others, [])
  })

  it('shares all with a second one that is given its settings', async () => {
    const second = startServer(server.settings, { listen: true })
    if (server.services.database.isOurs) {
      await assert.rejects(second, DataDirInUse)
      return
    }
    await using other = await second
    const ada = await signUp(server)
    const authorization = `Bearer ${ada.tokens.access_token}`
    const answer = await fetch(`${other.url}/api/users/me`, { headers: { authorization } })
    assert.equal(answer.status, 200)
  })
})

describe('a server in a process of its own', () => {
  it('is asked in the same way, and goes on where it was after it was killed', async () => {
    await using first = await startServerProcess()
    const ada = await signUp(first)
    await first.end('SIGKILL')
    await assert.rejects(ada.get('/api/contacts'))
    await using again = await startServerProcess(first.settings)
    await logIn(again, ada)
  })
})
