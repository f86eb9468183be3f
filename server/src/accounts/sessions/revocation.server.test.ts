import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { claimsOf, makeJwt } from '../../../test/jwt.ts'
import { expectStatus, logIn, nextAddress, signUp, type Person } from '../../../test/people.ts'
import { expectProblem } from '../../../test/problems.ts'
import { startServer, type TestServer } from '../../../test/server.ts'
import { emailKey } from '../email-address.ts'
import { setAccountDisabled } from '../users.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

function me(authorization: string, at: Pick<TestServer, 'inject'> = server) {
  return at.inject({ method: 'GET', url: '/api/users/me', headers: { authorization } })
}

async function expectRefusedToken(person: Person, at: Pick<TestServer, 'inject'> = server) {
  const answer = await me(`Bearer ${person.tokens.access_token}`, at)
  expectProblem(answer, 401, 'invalid_token', 'Could not validate credentials')
  assert.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"')
}

describe('an access token', () => {
  it('is taken from the Authorization header alone, by its own scheme', async () => {
    const { tokens } = await signUp(server)
    const token = tokens.access_token
    for (const header of [`Bearer ${token}`, `bearer  ${token}`, `BEARER ${token} `]) {
      expectStatus(await me(header), 200)
    }

    for (const header of ['', 'Bearer', 'Bearer ', `Basic ${token}`, token, `Token ${token}`]) {
      const answer = await me(header)
      expectProblem(answer, 401, 'not_authenticated', 'Not authenticated')
      assert.equal(answer.headers['www-authenticate'], 'Bearer')
    }
    for (const query of [`access_token=${token}`, `token=${token}`]) {
      const url = `/api/users/me?${query}`
      const headers = { cookie: `access_token=${token}` }
      expectProblem(await server.inject({ method: 'GET', url, headers }), 401, 'not_authenticated')
    }
  })

  it('is refused when it is forged, a refresh token, or over', async () => {
    const { tokens } = await signUp(server)
    const claims = claimsOf(tokens.access_token)
    const header = { typ: 'at+jwt' }
    const now = Math.floor(Date.now() / 1000)
    const [head, body] = makeJwt({ header: { ...header, alg: 'none' }, payload: claims }).split('.')
    const wrong = [
      `${head}.${body}.`,
      makeJwt({ header: { ...header, alg: 'HS512' }, hash: 'sha512', payload: claims }),
      makeJwt({ header: { ...header, alg: 'RS256' }, payload: claims }),
      makeJwt({ header, key: Buffer.alloc(32, 7), payload: claims }),
      makeJwt({ header, payload: { ...claims, exp: now - 1 } }),
      makeJwt({ header, payload: { ...claims, exp: undefined } }),
      makeJwt({ header, payload: { ...claims, iss: 'https://evil.example' } }),
      makeJwt({ header, payload: { ...claims, aud: 'other' } }),
      makeJwt({ header, payload: { ...claims, sid: randomUUID() } }),
      makeJwt({ header, payload: { ...claims, sub: randomUUID() } }),
      tokens.refresh_token,
      `${tokens.access_token}=`,
      tokens.access_token.slice(0, -1),
    ]
    for (const token of wrong) {
      const answer = await me(`Bearer ${token}`)
      expectProblem(answer, 401, 'invalid_token')
      assert.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"')
    }
    expectStatus(await me(`Bearer ${makeJwt({ header, payload: claims })}`), 200)
  })

  it('opens no session of one user to another', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const [hers, his] = [claimsOf(ada.tokens.access_token), claimsOf(eve.tokens.access_token)]
    // Both users and both sessions are in the cache now.
    for (const person of [ada, eve]) expectStatus(await person.get('/api/users/me'), 200)

    const mixed = makeJwt({ header: { typ: 'at+jwt' }, payload: { ...hers, sid: his['sid'] } })
    expectProblem(await me(`Bearer ${mixed}`), 401, 'invalid_token')
  })

  it('is refused from the next request on after its user is disabled, and works again after', async () => {
    const ada = await signUp(server)
    expectStatus(await ada.get('/api/users/me'), 200)
    await setAccountDisabled(server.services, emailKey(ada.email), true)

    await expectRefusedToken(ada)
    const { email, password, tokens } = ada
    const post = (url: string, payload?: object, headers = {}) =>
      server.inject({
        method: 'POST',
        url,
        headers,
        remoteAddress: nextAddress(),
        ...(payload && { payload }),
      })
    expectProblem(await post('/api/auth/login', { email, password }), 401, 'invalid_login')
    const headers = { authorization: `Bearer ${tokens.refresh_token}` }
    expectProblem(await post('/api/auth/refresh_token', undefined, headers), 401, 'invalid_token')

    await setAccountDisabled(server.services, emailKey(ada.email), false)
    expectStatus(await ada.get('/api/users/me'), 200)
    expectStatus(await post('/api/auth/refresh_token', undefined, headers), 200)
  })

  it('is refused once its session is over, also while the user is cached', async () => {
    const ada = await signUp(server)
    expectStatus(await ada.get('/api/users/me'), 200)
    const { sub, sid } = claimsOf(ada.tokens.access_token)
    const { cache, database } = server.services
    for (const expiresAt of [new Date(Date.now() - 1).toISOString(), 'never']) {
      const value = { userId: sub, confirmedGen: 1, expiresAt, revoked: false }
      await cache.put([{ key: `session:${String(sid)}`, version: 1_000_000, value }])
      const past = "update sessions set expires_at = now() - interval '1 ms' where id = $1"
      await database.pool.query(past, [sid])

      await expectRefusedToken(ada)
    }
  })

  it('shows the newest data, also while the user is cached', async () => {
    const ada = await signUp(server)
    for (const username of ['Countess', 'Ada King', 'Ada']) {
      expectStatus(await ada.patch('/api/users/me', { username }), 200)
      assert.equal((await ada.get('/api/users/me')).json().username, username)
    }
  })

  it('counts in every process that shares the database and Redis', async (t) => {
    if (!server.settings['DATABASE_URL']) return t.skip('the embedded database is for one process')
    await using second = await startServer({ ...server.settings })
    const ada = await signUp(server)
    const phone = await logIn(server, ada)
    for (const at of [server, second]) {
      for (const { tokens } of [ada, phone])
        expectStatus(await me(`Bearer ${tokens.access_token}`, at), 200)
    }
    // Redis notifies the other processes before it answers. Here all share one event loop, in which
    // the notification arrives one turn after the answer.
    const turn = () => setImmediate()
    expectStatus(await ada.patch('/api/users/me', { username: 'Countess' }), 200)
    await turn()
    const seen = await me(`Bearer ${ada.tokens.access_token}`, second)
    assert.equal(seen.json().username, 'Countess')

    expectStatus(await phone.post('/api/auth/logout'), 204)
    await turn()
    await expectRefusedToken(phone, second)
    await setAccountDisabled(second.services, emailKey(ada.email), true)
    await turn()
    await expectRefusedToken(ada)
    await setAccountDisabled(second.services, emailKey(ada.email), false)
    await turn()
    expectStatus(await ada.get('/api/users/me'), 200)
    expectStatus(await ada.delete('/api/users/me', { password: ada.password }), 204)
    await turn()
    await expectRefusedToken(ada, second)
  })
})

describe('what is cached of a user', () => {
  it('holds no hash and no secret', async () => {
    const ada = await signUp(server)
    await ada.get('/api/users/me')
    const { sub, sid } = claimsOf(ada.tokens.access_token)
    const values = await server.services.cache.get([
      `user:${String(sub)}`,
      `session:${String(sid)}`,
    ])

    const known = values.filter((value) => value !== undefined)
    const names = known.flatMap((value) => Object.keys(value as object))
    const allowed =
      /^(?:id|username|email|createdAt|avatarUrl|disabled|gone|userId|confirmedGen|expiresAt|revoked)$/
    for (const name of names) assert.match(name, allowed)
    assert.doesNotMatch(JSON.stringify(known), /argon2|eyJ/)
  })

  it('is ignored when it is nonsense', async () => {
    const ada = await signUp(server)
    const { sub, sid } = claimsOf(ada.tokens.access_token)
    const session = { userId: sub, confirmedGen: 9, expiresAt: '9999-01-01', revoked: false }
    const nonsense = [null, {}, [], { id: sub }, { ...session, expiresAt: 5 }, { disabled: 'no' }]
    for (const value of nonsense) {
      for (const key of [`user:${String(sub)}`, `session:${String(sid)}`]) {
        await server.services.cache.put([{ key, version: 1_000_000, value }])
      }
      expectStatus(await ada.get('/api/users/me'), 200)
    }
  })

  it('is never used for another user', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const [hers, his] = [claimsOf(ada.tokens.access_token), claimsOf(eve.tokens.access_token)]
    for (const person of [ada, eve]) await person.get('/api/users/me')
    const [cached] = await server.services.cache.get([`user:${String(his['sub'])}`])
    const value = cached as object
    await server.services.cache.put([
      { key: `user:${String(hers['sub'])}`, version: 1_000_000, value },
    ])

    assert.equal((await ada.get('/api/users/me')).json().email, ada.email)
  })

  it('does not change, and no mail is sent, when a transaction fails', async () => {
    const laptop = await signUp(server)
    const phone = await logIn(server, laptop)
    for (const device of [laptop, phone]) expectStatus(await device.get('/api/users/me'), 200)
    const { pool } = server.services.database
    // Fails after the password was set and the sessions revoked, just before the mail is queued.
    await pool.query(
      "alter table security_events add constraint broken check (kind <> 'password_changed')",
    )
    const input = { current_password: laptop.password, new_password: 'a brand new password' }
    const answer = await laptop.post('/api/auth/change_password', input)
    await pool.query('alter table security_events drop constraint broken')

    expectProblem(answer, 500, 'internal_error')
    for (const device of [laptop, phone]) expectStatus(await device.get('/api/users/me'), 200)
    await logIn(server, laptop)
    await server.jobsDone()
    assert.equal((await server.mailbox.all(laptop.email)).length, 1)
  })
})
