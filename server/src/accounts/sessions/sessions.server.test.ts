import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { claimsOf } from '../../../test/jwt.ts'
import { expectStatus, logIn, readJson, signUp, type Person } from '../../../test/people.ts'
import { expectProblem, expectRefused } from '../../../test/problems.ts'
import { startServer } from '../../../test/server.ts'
import { expectTimeSince } from '../../../test/times.ts'
import type { Session } from '../schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

function sessionOf({ tokens }: Person) {
  return String(claimsOf(tokens.access_token)['sid'])
}

async function expectDead({ tokens }: Person) {
  for (const [method, url, token] of [
    ['GET', '/api/users/me', tokens.access_token],
    ['POST', '/api/auth/refresh_token', tokens.refresh_token],
  ] as const) {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await server.inject({ method, url, headers })
    expectProblem(answer, 401, 'invalid_token', 'Could not validate credentials')
    assert.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"')
  }
}

describe('GET /api/auth/sessions', () => {
  it('lists the devices of the caller alone, and which is asking', async () => {
    const laptop = await signUp(server)
    const { email, password } = laptop
    await signUp(server)
    const before = Date.now()
    const headers = { 'user-agent': `Phone "7" <b>\u00e9</b> ${'x'.repeat(400)}` }
    const login = await server.inject({
      method: 'POST',
      url: '/api/auth/login',
      payload: { email, password },
      headers,
      remoteAddress: '::ffff:192.0.2.7',
    })
    expectStatus(login, 200)
    const answer = await laptop.get('/api/auth/sessions')

    expectStatus(answer, 200)
    const sessions = answer.json()
    assert.equal(sessions.length, 2)
    const phone = sessions.find((session: { current: boolean }) => !session.current)
    const current = sessions.find((session: { current: boolean }) => session.current)
    assert.equal(current.id, sessionOf(laptop))
    assert.deepEqual(Object.keys(phone).sort(), [
      'address',
      'created_at',
      'current',
      'device',
      'id',
      'last_seen_at',
    ])
    assert.equal(phone.address, '192.0.2.7')
    assert.equal(phone.device, headers['user-agent'].slice(0, 300))
    expectTimeSince(before, phone.created_at)
    assert.ok(Date.parse(current.last_seen_at) >= Date.parse(current.created_at))
  })

  it('notes when each was last used', async () => {
    const laptop = await signUp(server)
    const phone = await logIn(server, laptop)
    await server.services.database.pool.query(
      "update sessions set last_seen_at = now() - interval '1 day' where user_id = $1",
      [claimsOf(phone.tokens.access_token)['sub']],
    )
    const before = Date.now()
    await phone.get('/api/users/me')

    const [first, second] = (await laptop.get('/api/auth/sessions')).json()
    for (const session of [first, second]) expectTimeSince(before, session.last_seen_at)
  })

  it('leaves out sessions that are over', async () => {
    const laptop = await signUp(server)
    const [phone, tablet] = [await logIn(server, laptop), await logIn(server, laptop)]
    expectStatus(await phone.post('/api/auth/logout'), 204)
    await server.services.database.pool.query(
      "update sessions set expires_at = now() - interval '1 second' where id = $1",
      [sessionOf(tablet)],
    )

    const sessions = await readJson<Session[]>(laptop, '/api/auth/sessions')
    assert.deepEqual(
      sessions.map(({ id }) => id),
      [sessionOf(laptop)],
    )
    expectProblem(await laptop.delete(`/api/auth/sessions/${sessionOf(tablet)}`), 404, 'not_found')
  })

  it('is for who is logged in', async () => {
    const url = '/api/auth/sessions'
    const answer = await server.inject({ method: 'GET', url })
    expectProblem(answer, 401, 'not_authenticated', 'Not authenticated')
    assert.equal(answer.headers['www-authenticate'], 'Bearer')
    const one = `${url}/${randomUUID()}`
    expectProblem(await server.inject({ method: 'DELETE', url: one }), 401, 'not_authenticated')
    expectProblem(
      await server.inject({ method: 'POST', url: '/api/auth/logout' }),
      401,
      'not_authenticated',
    )
  })
})

describe('DELETE /api/auth/sessions/{id}', () => {
  it('ends another device at once, and leaves this one', async () => {
    const laptop = await signUp(server)
    const phone = await logIn(server, laptop)
    expectStatus(await phone.get('/api/users/me'), 200)
    const url = `/api/auth/sessions/${sessionOf(phone)}`
    const answer = await laptop.delete(url)

    expectStatus(answer, 204)
    assert.equal(answer.body, '')
    await expectDead(phone)
    expectStatus(await laptop.get('/api/users/me'), 200)
    expectProblem(await laptop.delete(url), 404, 'not_found')
  })

  it('ends the one that asks', async () => {
    const ada = await signUp(server)

    expectStatus(await ada.delete(`/api/auth/sessions/${sessionOf(ada).toUpperCase()}`), 204)
    await expectDead(ada)
  })

  it('does not find those of others, and does not touch them', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const foreign = await eve.delete(`/api/auth/sessions/${sessionOf(ada)}`)
    const unknown = await eve.delete(`/api/auth/sessions/${randomUUID()}`)

    for (const answer of [foreign, unknown]) expectProblem(answer, 404, 'not_found')
    assert.equal(foreign.json().detail, unknown.json().detail)
    expectStatus(await ada.get('/api/users/me'), 200)
  })

  it('refuses what is no id', async () => {
    const ada = await signUp(server)
    for (const id of ['1', 'x', "'%20or%20'1'='1", '%00', `${sessionOf(ada)}0`]) {
      expectRefused(await ada.delete(`/api/auth/sessions/${id}`), '/id')
    }
  })
})

describe('POST /api/auth/logout', () => {
  it('ends this session at once, with both its tokens', async () => {
    const laptop = await signUp(server)
    const phone = await logIn(server, laptop)
    expectStatus(await phone.get('/api/users/me'), 200)
    const answer = await phone.post('/api/auth/logout')

    expectStatus(answer, 204)
    assert.equal(answer.body, '')
    await expectDead(phone)
    expectProblem(await phone.post('/api/auth/logout'), 401, 'invalid_token')
    expectStatus(await laptop.get('/api/users/me'), 200)
  })

  it('ends every session of the user when asked to, and nobody else\u2019s', async () => {
    const eve = await signUp(server)
    const laptop = await signUp(server)
    const devices = [laptop, await logIn(server, laptop), await logIn(server, laptop)]
    for (const device of devices) expectStatus(await device.get('/api/users/me'), 200)

    expectStatus(await laptop.post('/api/auth/logout?all=true'), 204)
    for (const device of devices) await expectDead(device)
    expectStatus(await eve.get('/api/users/me'), 200)
    await logIn(server, laptop)
  })

  it('refuses a query it does not know', async () => {
    const ada = await signUp(server)

    expectRefused(await ada.post('/api/auth/logout?all=perhaps'), '/all')
    expectRefused(await ada.post('/api/auth/logout?user=eve'), '/user')
    expectStatus(await ada.post('/api/auth/logout/?all=false'), 204)
  })

  it('answers each of many at the same time', async () => {
    const ada = await signUp(server)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ada.post('/api/auth/logout?all=true')),
    )

    for (const { statusCode } of answers) assert.ok([204, 401].includes(statusCode))
    await expectDead(ada)
  })
})
