import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { cookiesIn } from '../../../test/cookies.ts'
import { claimsOf } from '../../../test/jwt.ts'
import {
  expectStatus,
  nextAddress,
  signUp,
  type Answer,
  type Person,
} from '../../../test/people.ts'
import { expectProblem } from '../../../test/problems.ts'
import { startServer, type TestServer } from '../../../test/server.ts'

const server = await startServer({
  PUBLIC_URL: 'https://kith.example',
  CORS_ORIGINS: 'http://localhost:3000',
  RATE_LIMITS: 'on',
})
after(() => server[Symbol.asyncDispose]())
const { publicUrl } = server.services.config
const own = { 'x-kith': '1', 'sec-fetch-site': 'same-origin' }

type Headers = Record<string, string>

function post(path: string, headers: Headers, payload?: object, at: TestServer = server) {
  return at.inject({
    method: 'POST',
    url: `/api/auth/browser/${path}`,
    headers,
    remoteAddress: nextAddress(),
    ...(payload && { payload }),
  })
}

async function logIn({ email, password }: Person, at: TestServer = server) {
  const answer = await post('login', own, { email, password }, at)
  expectStatus(answer, 200)
  return { answer, cookie: cookiesIn(answer.headers['set-cookie']), ...answer.json() }
}

function refresh(cookie: string) {
  return post('refresh', { ...own, cookie })
}

function me(token: string) {
  const headers = { authorization: `Bearer ${token}` }
  return server.inject({ method: 'GET', url: '/api/users/me', headers })
}

function expectCleared({ headers }: Answer) {
  const set = headers['set-cookie']
  assert.ok(Array.isArray(set))
  assert.equal(set.length, 2)
  for (const line of set) assert.match(line, /^[\w-]+=; .*Max-Age=0/)
}

/** Two cookies, each by its part of the name. */
function partsOf(cookie: string) {
  const [refreshing = '', device = ''] = cookie.split('; ')
  return { refreshing, device }
}

function tokenOf(cookie: string): string {
  return partsOf(cookie).refreshing.split('=')[1] ?? ''
}

describe('a session in a browser', () => {
  it('gives the page an access token, and keeps the rest in cookies', async () => {
    const ada = await signUp(server)
    const { answer, access_token, expires_in, user } = await logIn(ada)
    assert.deepEqual(Object.keys(answer.json()).sort(), ['access_token', 'expires_in', 'user'])
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.equal(user.email, ada.email)
    assert.equal(expires_in, 900)
    expectStatus(await me(access_token), 200)

    const [refreshing = '', device = ''] = answer.headers['set-cookie'] as string[]
    const flags = /; Max-Age=(?:2591999|2592000|259199\d); HttpOnly; SameSite=Strict; Secure$/
    assert.match(refreshing, /^__Secure-kith-refresh=[\w.-]+; Path=\/api\/auth\/browser; /)
    assert.match(device, /^__Host-kith-device=[\w-]{43}; Path=\/; /)
    for (const line of [refreshing, device]) {
      assert.match(line, flags)
      assert.doesNotMatch(line, /domain/i)
    }
  })

  it('has cookies for https alone where PUBLIC_URL says so, whatever a proxy says', async () => {
    const { email, password } = await signUp(server)
    const headers = { ...own, 'x-forwarded-proto': 'http' }
    const answer = await post('login', headers, { email, password })
    for (const line of answer.headers['set-cookie'] as string[]) {
      assert.match(line, /^__(?:Secure|Host)-.*; Secure$/)
    }
  })

  it('has one cookie without https, by which it goes on and ends', async () => {
    await using plain = await startServer()
    const ada = await signUp(plain)
    const { answer, cookie } = await logIn(ada, plain)
    const [refreshing = '', ...others] = answer.headers['set-cookie'] as string[]
    assert.match(
      refreshing,
      /^kith-refresh=[\w.-]+; Path=\/api\/auth\/browser; Max-Age=\d+; HttpOnly/,
    )
    assert.doesNotMatch(refreshing, /; Secure/)
    assert.deepEqual(others, [])
    const renewed = await post('refresh', { ...own, cookie }, undefined, plain)
    expectStatus(renewed, 200)
    const next = cookiesIn(renewed.headers['set-cookie'])
    const ofProgram = `kith-refresh=${ada.tokens.refresh_token}`
    const refused = await post('refresh', { ...own, cookie: ofProgram }, undefined, plain)
    expectProblem(refused, 401, 'session_expired')
    expectStatus(await post('logout', { ...own, cookie: next }, undefined, plain), 204)
    const ended = await post('refresh', { ...own, cookie: next }, undefined, plain)
    expectProblem(ended, 401, 'session_ended')
  })

  it('goes on with a new cookie each time', async () => {
    const { cookie, access_token } = await logIn(await signUp(server))
    const answer = await refresh(cookie)
    expectStatus(answer, 200)
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.deepEqual(Object.keys(answer.json()).sort(), ['access_token', 'expires_in', 'user'])
    const next = cookiesIn(answer.headers['set-cookie'])
    assert.notEqual(tokenOf(next), tokenOf(cookie))
    assert.equal(partsOf(next).device, partsOf(cookie).device)
    assert.equal(claimsOf(answer.json().access_token)['sid'], claimsOf(access_token)['sid'])
    expectStatus(await refresh(next), 200)
  })

  it('survives twenty refreshes at once', async () => {
    const { cookie } = await logIn(await signUp(server))
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(cookie)))
    const gens = answers.map((answer) => claimsOf(answer.json().access_token)['gen'])
    assert.deepEqual(new Set(gens), new Set([2]))
  })

  it('ends when an old cookie comes back, and its owner gets a mail', async () => {
    const ada = await signUp(server)
    const { cookie } = await logIn(ada)
    const renewed = await refresh(cookie)
    expectStatus(await me(renewed.json().access_token), 200)
    const { pool } = server.services.database
    const { sid } = claimsOf(renewed.json().access_token)
    const later = "update sessions set rotated_at = now() - interval '11 seconds' where id = $1"
    await pool.query(later, [sid])

    const stolen = await refresh(cookie)
    expectProblem(stolen, 401, 'session_ended')
    expectCleared(stolen)
    expectProblem(await me(renewed.json().access_token), 401, 'invalid_token')
    const owners = await refresh(cookiesIn(renewed.headers['set-cookie']))
    expectProblem(owners, 401, 'session_ended')
    await server.mailbox.next({ to: ada.email, subject: /sessions was ended/ })
  })

  it('that was ended elsewhere is told from one that is over', async () => {
    const ada = await signUp(server)
    const { cookie, access_token } = await logIn(ada)
    const { pool } = server.services.database
    const past = "update sessions set expires_at = now() - interval '1 s' where id = $1"
    await pool.query(past, [claimsOf(access_token)['sid']])
    const over = await refresh(cookie)
    expectProblem(over, 401, 'session_expired')
    expectCleared(over)

    const other = await logIn(ada)
    expectStatus(await ada.post('/api/auth/logout?all=true'), 204)
    expectProblem(await refresh(other.cookie), 401, 'session_ended')
    expectProblem(await me(other.access_token), 401, 'invalid_token')
  })

  it('ends with its account', async () => {
    const ada = await signUp(server)
    const { cookie } = await logIn(ada)
    expectStatus(await ada.delete('/api/users/me', { password: ada.password }), 204)
    expectProblem(await refresh(cookie), 401, 'session_ended')
  })

  it('is logged out by its cookies alone', async () => {
    const ada = await signUp(server)
    const [here, there] = [await logIn(ada), await logIn(ada)]
    const answer = await post('logout', { ...own, cookie: here.cookie })
    expectStatus(answer, 204)
    expectCleared(answer)
    expectProblem(await me(here.access_token), 401, 'invalid_token')
    expectProblem(await refresh(here.cookie), 401, 'session_ended')
    expectStatus(await me(there.access_token), 200)

    expectStatus(await post('logout?all=true', { ...own, cookie: there.cookie }), 204)
    expectProblem(await me(there.access_token), 401, 'invalid_token')
    expectProblem(await ada.get('/api/users/me'), 401, 'invalid_token')
    for (const cookie of [here.cookie, '', '__Secure-kith-refresh=x; __Host-kith-device=y']) {
      const again = await post('logout', { ...own, cookie })
      expectStatus(again, 204)
      expectCleared(again)
    }
  })
})

describe('the cookies', () => {
  it('are good only together, and each only once', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const [hers, his] = [(await logIn(ada)).cookie, (await logIn(eve)).cookie]
    const [good, planted] = [partsOf(hers), partsOf(his)]
    for (const cookie of [
      '',
      good.refreshing,
      good.device,
      `${planted.refreshing}; ${good.device}`,
      `${good.refreshing}; ${planted.device}`,
      `${hers}; ${planted.refreshing}`,
      `${planted.refreshing}; ${hers}`,
      `${hers}; ${planted.device}`,
      `${good.refreshing}x; ${good.device}`,
      `${good.refreshing}; __Host-kith-device=x`,
    ]) {
      const answer = await refresh(cookie)
      expectProblem(answer, 401, 'session_expired')
      expectCleared(answer)
      // None of these logs anybody out either.
      expectStatus(await post('logout', { ...own, cookie }), 204)
    }
    for (const cookie of [hers, his]) expectStatus(await refresh(cookie), 200)
  })

  it('open no other door, and no other token opens theirs', async () => {
    const ada = await signUp(server)
    const { cookie, access_token } = await logIn(ada)
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
    const renew = (headers: Headers) =>
      server.inject({ method: 'POST', url: '/api/auth/refresh_token', headers })
    expectProblem(await renew(bearer(tokenOf(cookie))), 401, 'invalid_token')
    expectProblem(await renew({ cookie }), 401, 'invalid_token')
    for (const url of ['/api/users/me', '/api/contacts', '/api/auth/sessions']) {
      const answer = await server.inject({ method: 'GET', url, headers: { ...own, cookie } })
      expectProblem(answer, 401, 'not_authenticated')
    }
    const { device } = partsOf(cookie)
    for (const token of [ada.tokens.refresh_token, ada.tokens.access_token, access_token]) {
      const answer = await refresh(`__Secure-kith-refresh=${token}; ${device}`)
      expectProblem(answer, 401, 'session_expired')
    }
    expectStatus(await renew(bearer(ada.tokens.refresh_token)), 200)
    expectStatus(await refresh(cookie), 200)
  })

  it('are in no table and no line of the log', async () => {
    const { cookie } = await logIn(await signUp(server))
    expectStatus(await refresh(cookie), 200)
    const { rows } = await server.services.database.pool.query(
      'select row_to_json(s) from sessions s',
    )
    const device = partsOf(cookie).device.split('=')[1] ?? ''
    const places = [JSON.stringify(rows), server.logged.join('\n')]
    const hex = [Buffer.from(device), Buffer.from(device, 'base64url')].map((bytes) =>
      bytes.toString('hex'),
    )
    for (const place of places) {
      for (const secret of [device, tokenOf(cookie).split('.')[2] ?? '', ...hex]) {
        assert.ok(secret.length > 20 && !place.includes(secret))
      }
    }
  })
})

describe('what other sites may make a browser send', () => {
  const ownOrigin = publicUrl.origin
  const refused: Headers[] = [
    {},
    { 'x-kith': '1' },
    { 'sec-fetch-site': 'same-origin' },
    { 'x-kith': '0', 'sec-fetch-site': 'same-origin' },
    { 'x-kith': '1', 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' },
    { 'x-kith': '1', 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'x-kith': '1', 'sec-fetch-site': 'cross-site', origin: ownOrigin },
    { 'x-kith': '1', 'sec-fetch-site': 'none' },
    { 'x-kith': '1', 'sec-fetch-site': '' },
    { 'x-kith': '1', origin: 'http://localhost:3000' },
    { 'x-kith': '1', origin: 'null' },
    { 'x-kith': '1', origin: `${ownOrigin}.evil.example` },
    { origin: ownOrigin },
  ]

  it('is refused before anything is done, also where CORS allows the origin', async () => {
    const ada = await signUp(server)
    const { email, password } = ada
    const { cookie, access_token } = await logIn(ada)
    for (const headers of refused) {
      for (const [path, payload] of [
        ['login', { email, password }],
        ['refresh', undefined],
        ['logout', undefined],
      ] as const) {
        const answer = await post(path, { ...headers, cookie }, payload)
        expectProblem(answer, 403, 'other_site')
        assert.equal(answer.headers['set-cookie'], undefined)
      }
    }
    expectStatus(await me(access_token), 200)
    expectStatus(await refresh(cookie), 200)
  })

  it('is told from our own pages by the Origin where a browser sends nothing better', async () => {
    const { email, password } = await signUp(server)
    const headers = { 'x-kith': '1', origin: ownOrigin }
    expectStatus(await post('login', headers, { email, password }), 200)
  })

  it('may not be announced by a preflight', async () => {
    const { headers } = await server.inject({
      method: 'OPTIONS',
      url: '/api/auth/browser/refresh',
      headers: {
        origin: 'http://localhost:3000',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-kith',
      },
    })
    assert.doesNotMatch(String(headers['access-control-allow-headers']), /x-kith/i)
  })

  it('as a form or as text logs nobody in', async () => {
    const { email, password } = await signUp(server)
    for (const [type, payload] of [
      ['text/plain', JSON.stringify({ email, password })],
      ['application/x-www-form-urlencoded', new URLSearchParams({ email, password }).toString()],
    ] as const) {
      const answer = await server.inject({
        method: 'POST',
        url: '/api/auth/browser/login',
        headers: { ...own, 'content-type': type },
        payload,
      })
      expectProblem(answer, 415, 'unsupported_media_type')
      assert.equal(answer.headers['set-cookie'], undefined)
    }
  })
})

describe('logging in by a page', () => {
  const guess = (email: string, headers: Headers = {}, password = 'a wrong password') =>
    post('login', { ...own, ...headers }, { email, password })

  async function failUntilBlocked(email: string, headers: Headers = {}) {
    for (let index = 0; index < 6; index++) {
      const answer = await guess(email, headers)
      expectProblem(answer, 401, 'invalid_login')
      assert.equal(answer.headers['set-cookie'], undefined)
    }
    const { pool } = server.services.database
    await pool.query(
      "update login_failures set blocked_until = now() + interval '1 hour' where failures >= 6",
    )
    expectProblem(await guess(email, headers), 429, 'too_many_failures')
  }

  it('waits after failures as elsewhere, and together with it', async () => {
    const ada = await signUp(server)
    await failUntilBlocked(ada.email)
    const payload = { email: ada.email, password: ada.password }
    const elsewhere = { method: 'POST', url: '/api/auth/login', payload } as const
    expectProblem(await server.inject(elsewhere), 429, 'too_many_failures')
  })

  it('does not wait for the failures of strangers where the account was logged in before', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const known = await logIn(ada)
    const eves = await logIn(eve)
    await failUntilBlocked(ada.email)

    const stranger = { cookie: partsOf(eves.cookie).device }
    expectProblem(await guess(ada.email, stranger, ada.password), 429, 'too_many_failures')
    const cookie = { cookie: partsOf(known.cookie).device }
    expectStatus(await guess(ada.email, cookie, ada.password), 200)
    // That proved who it is: nobody has to wait any more.
    await failUntilBlocked(ada.email, cookie)
    expectStatus(await guess(ada.email, {}, ada.password), 200)
  })
})
