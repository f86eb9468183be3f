import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { changesOf } from './changes.ts'
import { listen } from './events.ts'
import { tokenIn } from './mailbox.ts'
import { byToken, expectStatus, logIn, newAccount, signUp, type Person } from './people.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'
import { expectProblem } from './problems.ts'
import { startRedis, withoutRedis, type TestRedis } from './redis.ts'
import { runCommand } from './run-program.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'

/** The same person, with the same token, asking another server. */
function at(server: ServerProcess, { tokens }: Person) {
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  return {
    get: (url: string) => server.inject({ method: 'GET', url, headers }),
    post: (url: string, payload: object) =>
      server.inject({ method: 'POST', url, headers, payload }),
  }
}

/** Asks with an app password, which opens nothing: a good one is known, and refused for that. */
function asksByPassword({ email }: Person, password: string) {
  const basic = Buffer.from(`${email}:${password}`).toString('base64')
  const headers = { authorization: `Basic ${basic}` }
  return (server: ServerProcess) => server.inject({ method: 'GET', url: '/api/labels', headers })
}

for (const withRedis of [true, false]) {
  const skip = withRedis && withoutRedis()
  describe(`two processes ${withRedis ? 'on one Redis' : 'without Redis'}`, { skip }, () => {
    let postgres: TestPostgres
    let redis: TestRedis | null
    let one: ServerProcess
    let two: ServerProcess
    before(async () => {
      postgres = await startPostgres()
      redis = withRedis ? await startRedis() : null
      one = await startServerProcess({
        DATABASE_URL: postgres.url('postgres'),
        REDIS_URL: redis?.url ?? '',
      })
      two = await startServerProcess(one.settings)
    })
    after(async () => {
      await two[Symbol.asyncDispose]()
      await one[Symbol.asyncDispose]()
      await redis?.[Symbol.asyncDispose]()
      await postgres[Symbol.asyncDispose]()
    })

    /** Somebody whom both processes have just seen, so that they may remember them. */
    async function someone() {
      const person = await signUp(one)
      expectStatus(await person.get('/api/users/me'), 200)
      expectStatus(await at(two, person).get('/api/users/me'), 200)
      return person
    }

    async function expectShutOut(person: Person) {
      expectStatus(await at(two, person).get('/api/users/me'), 401)
      expectStatus(await at(one, person).get('/api/users/me'), 401)
    }

    it('agree at once that a session is over, by logout or by the list of sessions', async () => {
      const ada = await someone()
      expectStatus(await ada.post('/api/auth/logout'), 204)
      await expectShutOut(ada)

      const phone = await logIn(one, ada)
      const laptop = await logIn(two, ada)
      expectStatus(await at(two, phone).get('/api/users/me'), 200)
      const sessions = (await phone.get('/api/auth/sessions')).json<
        { id: string; current: boolean }[]
      >()
      const current = sessions.find((session) => session.current)
      expectStatus(await laptop.delete(`/api/auth/sessions/${current?.id}`), 204)
      await expectShutOut(phone)
      expectStatus(await at(one, laptop).get('/api/users/me'), 200)
    })

    it('agree at once that a changed password ends the other sessions', async () => {
      const ada = await someone()
      const other = await logIn(two, ada)
      expectStatus(await at(one, other).get('/api/users/me'), 200)
      const passwords = { current_password: ada.password, new_password: 'a quite different one' }
      expectStatus(await ada.post('/api/auth/change_password', passwords), 200)
      await expectShutOut(other)
      expectStatus(await at(two, ada).get('/api/users/me'), 200)
    })

    it('agree at once that an account is shut out, and let in again', async () => {
      const ada = await someone()
      const shut = await runCommand(['user:disable', '--email', ada.email], one.settings)
      assert.deepEqual(shut, { code: 0, output: `${ada.email} is shut out.` })
      await expectShutOut(ada)
      await runCommand(['user:enable', '--email', ada.email], one.settings)
      expectStatus(await at(two, ada).get('/api/users/me'), 200)
    })

    it('agree at once that an account is gone', async () => {
      const ada = await someone()
      expectStatus(await ada.delete('/api/users/me', { password: ada.password }), 204)
      await expectShutOut(ada)
    })

    it('agree at once that an API token or an app password is gone', async () => {
      const ada = await someone()
      const script = await byToken(one, ada, 'read_write')
      const wanted = { name: 'Phone', scope: 'read_only' }
      const made = await ada.post('/api/users/me/app-passwords', wanted)
      const { id, password } = made.json<{ id: string; password: string }>()
      const ask = asksByPassword(ada, password)
      for (const server of [one, two, two]) {
        expectStatus(await at(server, script).get('/api/labels'), 200)
        expectProblem(await ask(server), 403, 'token_not_allowed')
      }
      const elsewhere = await logIn(two, ada)
      expectStatus(await elsewhere.delete(`/api/users/me/tokens/${script.id}`), 204)
      expectStatus(await at(one, script).get('/api/labels'), 401)
      expectStatus(await ada.delete(`/api/users/me/app-passwords/${id}`), 204)
      expectProblem(await ask(two), 401, 'not_authenticated')
      expectStatus(await at(two, script).get('/api/labels'), 401)
      expectProblem(await ask(one), 401, 'not_authenticated')
    })

    it('agree at once that API tokens are gone with all sessions', async () => {
      const ada = await someone()
      const script = await byToken(one, ada)
      for (const server of [one, two]) {
        expectStatus(await at(server, script).get('/api/labels'), 200)
      }
      expectStatus(await ada.post('/api/auth/logout?all=true'), 204)
      expectStatus(await at(two, script).get('/api/labels'), 401)
      expectStatus(await at(one, script).get('/api/labels'), 401)
      await expectShutOut(ada)
    })

    it('agree at once that a changed address ends the other sessions', async () => {
      const ada = await someone()
      const other = await logIn(two, ada)
      expectStatus(await at(one, other).get('/api/users/me'), 200)
      const { email } = newAccount()
      const wanted = { email, current_password: ada.password }
      expectStatus(await ada.post('/api/users/me/email', wanted), 202)
      const token = tokenIn(await one.mailbox.next({ to: email }))
      const url = `/api/auth/confirmed_email/${token}`
      expectStatus(await two.inject({ method: 'GET', url }), 200)
      expectStatus(await at(one, other).get('/api/users/me'), 401)
      expectStatus(await at(two, other).get('/api/users/me'), 401)
      for (const server of [one, two]) {
        assert.equal((await at(server, ada).get('/api/users/me')).json().email, email)
      }
    })

    it('agree at once on a new name', async () => {
      const ada = await someone()
      expectStatus(await ada.patch('/api/users/me', { username: 'Countess' }), 200)
      const answer = await at(two, ada).get('/api/users/me')
      assert.equal(answer.json().username, 'Countess')
    })

    it('see each other’s contacts at once', async () => {
      const ada = await someone()
      const created = await ada.post('/api/contacts', { first_name: 'Mary' })
      const path = String(created.headers['location'])
      expectStatus(await at(two, ada).get(new URL(path, one.url).pathname), 200)
    })

    it('show the same changes, and say at once that there are some', async () => {
      const ada = await someone()
      const { next: since } = await changesOf(ada)
      using here = await listen(one.url, ada, since)
      using there = await listen(two.url, ada, since)
      for (const writer of [one, two]) {
        expectStatus(await at(writer, ada).post('/api/contacts', { first_name: 'Mary' }), 201)
        const { next } = await changesOf(ada)
        for (const { tokens } of [here, there]) assert.equal((await tokens.next()).value, next)
      }
      const feed = await at(two, ada).get(`/api/changes?since=${since}`)
      assert.deepEqual(feed.json(), await changesOf(ada, since))
      assert.equal(feed.json().contacts.length, 2)
    })
  })
}

describe('two processes on one Redis', { skip: withoutRedis() }, () => {
  it('count a limit together', async () => {
    await using postgres = await startPostgres()
    await using redis = await startRedis()
    await using one = await startServerProcess({
      DATABASE_URL: postgres.url('postgres'),
      REDIS_URL: redis.url,
      RATE_LIMITS: 'on',
    })
    await using two = await startServerProcess(one.settings)
    const ada = await signUp(one)
    for (const server of [one, two]) {
      for (let number = 0; number < 5; number++) {
        expectStatus(await at(server, ada).post('/api/contacts', { first_name: 'Mary' }), 201)
      }
    }
    for (const server of [one, two]) {
      expectStatus(await at(server, ada).post('/api/contacts', { first_name: 'Mary' }), 429)
    }
  })
})
