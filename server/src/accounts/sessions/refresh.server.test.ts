import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { claimsOf, makeJwt } from '../../../test/jwt.ts'
import { expectStatus, logIn, nextAddress, signUp, type Person } from '../../../test/people.ts'
import { expectProblem } from '../../../test/problems.ts'
import { startServer } from '../../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

type Pair = Person['tokens']

function refresh(
  token: string | undefined,
  method: 'GET' | 'POST' | 'HEAD' = 'POST',
  headers = {},
) {
  return server.inject({
    method,
    url: '/api/auth/refresh_token',
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    remoteAddress: nextAddress(),
  })
}

async function refreshed(token: string): Promise<Pair> {
  const answer = await refresh(token)
  expectStatus(answer, 200)
  return answer.json()
}

/** The same on a machine that is so busy that the database is told of as away: as a client, asks again. */
async function refreshedInTime(token: string): Promise<Pair> {
  const answer = await refresh(token)
  if (answer.statusCode === 503) return refreshedInTime(token)
  expectStatus(answer, 200)
  return answer.json()
}

function me(token: string) {
  const headers = { authorization: `Bearer ${token}` }
  return server.inject({ method: 'GET', url: '/api/users/me', headers })
}

async function expectRefusedToken(token: string) {
  const answer = await refresh(token)
  expectProblem(answer, 401, 'invalid_token', 'Could not validate credentials')
  assert.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"')
}

/** Moves the last refresh of a session into the past. */
async function letPass(token: string, interval: string) {
  const { rowCount } = await server.services.database.pool.query(
    'update sessions set rotated_at = rotated_at - $2::interval where id = $1',
    [claimsOf(token)['sid'], interval],
  )
  assert.equal(rowCount, 1)
}

function generationOf(token: string) {
  return claimsOf(token)['gen']
}

describe('/api/auth/refresh_token', () => {
  it('gives a new pair by GET and POST, which no cache may keep', async () => {
    let { refresh_token: token } = (await signUp(server)).tokens
    for (const [index, method] of (['GET', 'POST'] as const).entries()) {
      const answer = await refresh(token, method)
      expectStatus(answer, 200)
      assert.equal(answer.headers['cache-control'], 'no-store')
      const { access_token: access, refresh_token: next, ...rest } = answer.json()
      assert.deepEqual(rest, { token_type: 'bearer', expires_in: 900 })
      assert.equal(generationOf(access), index + 2)
      assert.equal(generationOf(next), index + 2)
      expectStatus(await me(access), 200)
      token = next
    }
    assert.ok(!server.logged.join('').includes(token.slice(-43)))
  })

  it('spends no token on a HEAD request', async () => {
    const { refresh_token: token } = (await signUp(server)).tokens
    const answer = await refresh(token, 'HEAD')

    expectStatus(answer, 405)
    assert.doesNotMatch(String(answer.headers.allow), /HEAD/)
    assert.equal(generationOf((await refreshed(token)).access_token), 2)
  })

  it('does not mind a body or its type, as clients send them', async () => {
    let { refresh_token: token } = (await signUp(server)).tokens
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      const answer = await refresh(token, 'POST', { 'content-type': type })
      expectStatus(answer, 200)
      token = answer.json().refresh_token
    }
  })

  it('refuses whatever is no refresh token', async () => {
    const { tokens, password } = await signUp(server)
    await expectRefusedToken(tokens.access_token)
    for (const token of [password, 'x', '', 'x'.repeat(10_000), `${tokens.refresh_token}=`]) {
      expectProblem(await refresh(token), 401, 'invalid_token')
    }
    expectProblem(await refresh(undefined), 401, 'invalid_token')
    for (const scheme of ['Basic', 'Token', '', 'Bearer Bearer']) {
      const headers = { authorization: `${scheme} ${tokens.refresh_token}` }
      expectProblem(await refresh(undefined, 'POST', headers), 401, 'invalid_token')
    }
    expectStatus(await refresh(tokens.refresh_token), 200)
  })

  it('gives twenty at once one and the same successor', async () => {
    const { refresh_token: token } = (await signUp(server)).tokens
    const pairs = await Promise.all(Array.from({ length: 20 }, () => refreshed(token)))

    assert.deepEqual(new Set(pairs.map((pair) => generationOf(pair.refresh_token))), new Set([2]))
    for (const pair of pairs) expectStatus(await me(pair.access_token), 200)
    const last = pairs.at(-1)?.refresh_token ?? ''
    assert.equal(generationOf((await refreshed(last)).access_token), 3)
  })

  it('logs nobody out when fifty sessions refresh ten times at once', async () => {
    const ada = await signUp(server)
    const sessions: Person[] = []
    for (let index = 0; index < 50; index++) sessions.push(await logIn(server, ada))
    const pairs = await Promise.all(
      sessions.flatMap(({ tokens }) =>
        Array.from({ length: 10 }, () => refreshedInTime(tokens.refresh_token)),
      ),
    )

    const generations = pairs.map((pair) => generationOf(pair.refresh_token))
    assert.deepEqual(new Set(generations), new Set([2]))
    const { rows } = await server.services.database.pool.query(
      'select count(*) from sessions where gen = 2 and revoked_at is null and user_id = $1',
      [claimsOf(ada.tokens.access_token)['sub']],
    )
    assert.equal(Number(rows[0].count), 50)
  })

  it('gives the successor again after a lost answer, however late', async () => {
    const { refresh_token: token } = (await signUp(server)).tokens
    const lost = await refreshed(token)
    await letPass(token, '5 minutes')
    const again = await refreshed(token)

    assert.equal(generationOf(again.refresh_token), generationOf(lost.refresh_token))
    expectStatus(await me(again.access_token), 200)
    expectStatus(await me(lost.access_token), 200)
  })

  it('takes a used successor, within ten seconds, for a race and not for theft', async () => {
    const { refresh_token: token } = (await signUp(server)).tokens
    const next = await refreshed(token)
    expectStatus(await me(next.access_token), 200)

    assert.equal(generationOf((await refreshed(token)).refresh_token), 2)
    expectStatus(await me(next.access_token), 200)
  })

  it('ends a session whose spent token comes back later, and tells its owner', async () => {
    const ada = await signUp(server)
    const phone = await logIn(server, ada)
    const next = await refreshed(phone.tokens.refresh_token)
    expectStatus(await me(next.access_token), 200)
    await letPass(next.access_token, '11 seconds')

    await expectRefusedToken(phone.tokens.refresh_token)
    expectProblem(await me(next.access_token), 401, 'invalid_token')
    expectProblem(await phone.get('/api/users/me'), 401, 'invalid_token')
    await expectRefusedToken(next.refresh_token)
    await expectRefusedToken(phone.tokens.refresh_token)
    expectStatus(await ada.get('/api/users/me'), 200)

    await server.jobsDone()
    const mails = await server.mailbox.all(ada.email)
    assert.deepEqual(
      mails.map((mail) => mail.subject),
      ['Confirm your e-mail address', 'One of your sessions was ended'],
    )
    const { rows } = await server.services.database.pool.query(
      "select 1 from security_events where user_id = $1 and kind = 'session_stolen'",
      [claimsOf(next.access_token)['sub']],
    )
    assert.equal(rows.length, 1)
  })

  it('tells of a theft once when the spent token comes back often at the same time', async () => {
    const ada = await signUp(server)
    const next = await refreshed(ada.tokens.refresh_token)
    expectStatus(await me(next.access_token), 200)
    await letPass(next.access_token, '1 minute')
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => refresh(ada.tokens.refresh_token)),
    )

    for (const answer of answers) expectProblem(answer, 401, 'invalid_token')
    await server.jobsDone()
    assert.equal((await server.mailbox.all(ada.email)).length, 2)
  })

  it('ends a session for a token two generations old, at any time', async () => {
    const first = (await signUp(server)).tokens
    const second = await refreshed(first.refresh_token)
    const third = await refreshed(second.refresh_token)

    await expectRefusedToken(first.refresh_token)
    expectProblem(await me(third.access_token), 401, 'invalid_token')
    await expectRefusedToken(third.refresh_token)
  })

  it('touches no session for a token of an unknown one', async () => {
    const { tokens } = await signUp(server)
    const claims = claimsOf(tokens.refresh_token)
    for (const change of [{ sid: randomUUID() }, { sub: randomUUID() }, { gen: 99 }, { gen: 0 }]) {
      const token = makeJwt({ header: { typ: 'rt+jwt' }, payload: { ...claims, ...change } })
      await expectRefusedToken(token)
      expectStatus(await me(tokens.access_token), 200)
    }
  })

  it('keeps the end of a session where its login put it, however often it is refreshed', async () => {
    const first = (await signUp(server)).tokens
    const second = await refreshed(first.refresh_token)
    const end = claimsOf(first.refresh_token)['exp']
    assert.equal(claimsOf(second.refresh_token)['exp'], end)
    await server.services.database.pool.query(
      "update sessions set expires_at = now() - interval '1 second' where id = $1",
      [claimsOf(second.access_token)['sid']],
    )

    await expectRefusedToken(second.refresh_token)
    await expectRefusedToken(first.refresh_token)
  })

  it('lets an access token end with its session', async () => {
    const { refresh_token: token } = (await signUp(server)).tokens
    await server.services.database.pool.query(
      "update sessions set expires_at = now() + interval '1 minute' where id = $1",
      [claimsOf(token)['sid']],
    )
    const pair = await refreshed(token)

    assert.ok(pair.expires_in <= 60, String(pair.expires_in))
    assert.equal(claimsOf(pair.access_token)['exp'], claimsOf(pair.refresh_token)['exp'])
  })
})
