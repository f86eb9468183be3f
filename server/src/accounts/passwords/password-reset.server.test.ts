import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { claimsOf } from '../../../test/jwt.ts'
import { linkIn, tokenIn } from '../../../test/mailbox.ts'
import { expectStatus, logIn, newAccount, nextAddress, signUp } from '../../../test/people.ts'
import { expectProblem, expectRefused } from '../../../test/problems.ts'
import { startServer } from '../../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const password = 'a brand new password'

function post(url: string, payload: unknown, headers = {}) {
  const remoteAddress = nextAddress()
  return server.inject({ method: 'POST', url, payload: payload as object, headers, remoteAddress })
}

function reset(token: unknown, newPassword: unknown = password) {
  return post('/api/auth/reset_password', { token, password: newPassword })
}

/** Has a reset mail sent, and opens it. */
async function askFor(email: string, headers = {}) {
  expectStatus(await post('/api/auth/forgot_password', { email }, headers), 200)
  return server.mailbox.next({ to: email, subject: /^Set a new password/ })
}

describe('POST /api/auth/forgot_password', () => {
  it('answers the same whoever asks, and mails whoever has an account', async () => {
    const { email } = await signUp(server)
    const nobody = newAccount().email
    const bodies = []
    for (const to of [email, nobody])
      bodies.push((await post('/api/auth/forgot_password', { email: to })).body)
    await server.jobsDone()

    assert.equal(bodies[0], bodies[1])
    assert.deepEqual(JSON.parse(bodies[0] ?? ''), {
      message: 'If there is an account with this address, a mail is on its way.',
    })
    assert.equal((await server.mailbox.all(email)).length, 2)
    assert.equal((await server.mailbox.all(nobody)).length, 0)
  })

  it('links to our own page by PUBLIC_URL, whatever the request says of hosts', async () => {
    const { email } = await signUp(server)
    const link = linkIn(
      await askFor(email, {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=evil.example',
        origin: 'https://evil.example',
        referer: 'https://evil.example/',
      }),
    )

    assert.equal(link.origin, new URL(server.url).origin)
    assert.match(link.pathname, /^\/reset-password\/[\w-]{43}$/)
    assert.equal(link.search + link.hash, '')
  })

  it('refuses what is no address, or more than that', async () => {
    const url = '/api/auth/forgot_password'
    for (const email of ['ada', '', null, ['ada@example.org'], {}]) {
      expectRefused(await post(url, { email }), '/email')
    }
    const redirected = { email: 'ada@example.org', redirect: '//evil.example' }
    expectRefused(await post(url, redirected), '/redirect')
  })
})

describe('POST /api/auth/reset_password', () => {
  it('sets the password, ends every session and mailed token, and tells the owner', async () => {
    const laptop = await signUp(server)
    const phone = await logIn(server, laptop)
    for (const device of [laptop, phone]) expectStatus(await device.get('/api/users/me'), 200)
    const token = tokenIn(await askFor(laptop.email))
    const answer = await reset(token)

    expectStatus(answer, 200)
    assert.deepEqual(Object.keys(answer.json()), ['message'])
    for (const device of [laptop, phone]) {
      expectProblem(await device.get('/api/users/me'), 401, 'invalid_token')
      const headers = { authorization: `Bearer ${device.tokens.refresh_token}` }
      expectProblem(await post('/api/auth/refresh_token', undefined, headers), 401, 'invalid_token')
    }
    const { email } = laptop
    expectProblem(
      await post('/api/auth/login', { email, password: laptop.password }),
      401,
      'invalid_login',
    )
    await logIn(server, { ...laptop, password })
    const { text = '' } = await server.mailbox.next({ to: email, subject: /was reset/ })
    assert.doesNotMatch(text, new RegExp(`${password}|${token}`))
  })

  it('works once, also of many at the same time', async () => {
    const { email } = await signUp(server)
    const token = tokenIn(await askFor(email))
    const answers = await Promise.all(Array.from({ length: 5 }, () => reset(token)))

    assert.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 1)
    for (const answer of answers.filter(({ statusCode }) => statusCode !== 200)) {
      expectProblem(answer, 400, 'invalid_reset_token')
    }
    expectProblem(await reset(token, 'yet another one'), 400, 'invalid_reset_token')
    await logIn(server, { username: '', email, password })
  })

  it('refuses the older of two tokens', async () => {
    const { email } = await signUp(server)
    const [older, newer] = [tokenIn(await askFor(email)), tokenIn(await askFor(email))]

    expectProblem(await reset(older), 400, 'invalid_reset_token')
    expectStatus(await reset(newer), 200)
  })

  it('refuses tokens that are unknown, too old, or made for something else', async () => {
    const account = newAccount()
    expectStatus(await post('/api/auth/signup', account), 201)
    const confirmation = tokenIn(await server.mailbox.next({ to: account.email }))
    const old = tokenIn(await askFor(account.email))
    await server.services.database.pool.query(
      "update mailed_tokens set expires_at = now() - interval '1 second' where purpose = 'reset_password'",
    )

    for (const token of [confirmation, old, randomBytes(32).toString('base64url')]) {
      expectProblem(await reset(token), 400, 'invalid_reset_token')
    }
    const { email } = account
    expectProblem(
      await post('/api/auth/login', { email, password: account.password }),
      401,
      'email_not_confirmed',
    )
    expectStatus(
      await server.inject({ method: 'GET', url: `/api/auth/confirmed_email/${confirmation}` }),
      200,
    )
  })

  it('refuses a token behind the id of another user, and spends none', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const tokens = [tokenIn(await askFor(ada.email)), tokenIn(await askFor(eve.email))]
    const [adas, eves] = tokens.map((token) => Buffer.from(token, 'base64url'))
    assert.ok(adas && eves)
    for (const [id, random] of [
      [adas, eves],
      [eves, adas],
    ] as const) {
      const forged = Buffer.concat([id.subarray(0, 16), random.subarray(16)])
      expectProblem(await reset(forged.toString('base64url')), 400, 'invalid_reset_token')
    }
    for (const person of [ada, eve]) {
      expectStatus(await person.get('/api/users/me'), 200)
      await logIn(server, person)
    }
    for (const token of tokens) expectStatus(await reset(token), 200)
  })

  it('takes no token of any other shape', async () => {
    const shapes = [
      null,
      [],
      {},
      '',
      true,
      0,
      'x',
      'x'.repeat(42),
      'x'.repeat(44),
      ['x'.repeat(43)],
    ]
    for (const token of [...shapes, `${'x'.repeat(42)}\n`, `${'x'.repeat(42)}%`]) {
      expectRefused(await reset(token), '/token')
    }
    const url = '/api/auth/reset_password'
    expectRefused(await post(url, { password }), '/token')
    expectRefused(await post(url, {}), '/token', '/password')
    expectProblem(await post(url, []), 422, 'validation_failed')
    expectRefused(await post(url, { token: 'x'.repeat(43), password, email: 'a@b.co' }), '/email')
    expectProblem(
      await post(`${url}?token=${'x'.repeat(43)}`, { password }),
      422,
      'validation_failed',
    )
  })

  it('spends nothing on a password that is refused', async () => {
    const { email } = await signUp(server)
    const token = tokenIn(await askFor(email))

    for (const weak of ['short', 'password', 'x'.repeat(129), '', null, 12_345_678, 'aaaaaaaaaa']) {
      expectRefused(await reset(token, weak), '/password')
    }
    expectStatus(await reset(token), 200)
  })

  it('confirms the address as well, which ends its other links', async () => {
    const account = newAccount()
    expectStatus(await post('/api/auth/signup', account), 201)
    const confirmation = tokenIn(await server.mailbox.next({ to: account.email }))
    expectStatus(await reset(tokenIn(await askFor(account.email))), 200)

    const url = `/api/auth/confirmed_email/${confirmation}`
    expectProblem(await server.inject({ method: 'GET', url }), 400, 'verification_error')
    await logIn(server, { ...account, password })
  })

  it('enables no disabled account', async () => {
    const { email, tokens } = await signUp(server)
    const token = tokenIn(await askFor(email))
    await server.services.database.pool.query(
      'update users set disabled_at = now() where id = $1',
      [claimsOf(tokens.access_token)['sub']],
    )

    expectStatus(await reset(token), 200)
    expectProblem(await post('/api/auth/login', { email, password }), 401, 'invalid_login')
    expectStatus(await post('/api/auth/forgot_password', { email }), 200)
    await server.jobsDone()
    const subjects = (await server.mailbox.all(email)).map((mail) => mail.subject)
    assert.equal(subjects.filter((subject) => subject === 'Set a new password').length, 1)
  })

  it('ends in one password when accounts are deleted and reset at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const ada = await signUp(server)
      const token = tokenIn(await askFor(ada.email))
      const [resetting, deleting] = await Promise.all([
        reset(token),
        ada.delete('/api/users/me', { password: ada.password }),
      ])

      assert.ok([200, 400].includes(resetting.statusCode), resetting.body)
      assert.ok([204, 401, 403].includes(deleting.statusCode), deleting.body)
      const isGone = deleting.statusCode === 204
      const login = await post('/api/auth/login', { email: ada.email, password })
      assert.equal(login.statusCode, isGone ? 401 : 200)
    }
  })
})

describe('GET /reset-password', () => {
  it('is a page whose address reaches no other site and no cache', async () => {
    const answer = await server.inject({ method: 'GET', url: '/reset-password' })

    expectStatus(answer, 200)
    assert.equal(answer.headers['referrer-policy'], 'no-referrer')
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
    assert.match(String(answer.headers['content-security-policy']), /frame-ancestors 'none'/)
    for (const [, url = ''] of answer.body.matchAll(/(?:src|href|action)="([^"]*)"/g)) {
      assert.match(url, /^(?:\/(?!\/)|data:,$)/)
    }
    const script = await server.inject({ method: 'GET', url: '/pages/pages.js' })
    expectStatus(script, 200)
    assert.doesNotMatch(script.body, /https?:\/\//)
  })
})
