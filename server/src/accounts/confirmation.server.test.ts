import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { tokenIn } from '../../test/mailbox.ts'
import { expectStatus, logIn, newAccount, nextAddress, signUp } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { enqueueMail } from './mails/outbox.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

/** Signs up without opening the mail. */
async function newcomer() {
  const account = newAccount()
  const remoteAddress = nextAddress()
  const payload = account
  expectStatus(
    await server.inject({ method: 'POST', url: '/api/auth/signup', payload, remoteAddress }),
    201,
  )
  return { ...account, token: tokenIn(await server.mailbox.next({ to: account.email })) }
}

function open(token: string, headers = {}, method: 'GET' | 'HEAD' | 'POST' = 'GET') {
  const url = `/api/auth/confirmed_email/${token}`
  return server.inject({ method, url, headers, remoteAddress: nextAddress() })
}

function ask(email: unknown, url = '/api/auth/request_email') {
  const remoteAddress = nextAddress()
  return server.inject({ method: 'POST', url, payload: { email }, remoteAddress })
}

describe('GET /api/auth/confirmed_email/{token}', () => {
  it('confirms the first time, and says so each time after', async () => {
    const { token, ...account } = await newcomer()
    const first = await open(token)

    expectStatus(first, 200)
    assert.deepEqual(first.json(), { message: 'Email confirmed' })
    assert.equal(first.headers['cache-control'], 'no-store')
    for (const url of [token, `${token}/`]) {
      const again = await open(url)
      expectStatus(again, 200)
      assert.deepEqual(again.json(), { message: 'Your email is already confirmed' })
    }
    await logIn(server, account)
  })

  it('confirms once when it is opened often at the same time', async () => {
    const { token } = await newcomer()
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(token)))

    const messages = answers.map((answer) => answer.json().message)
    assert.equal(messages.filter((message) => message === 'Email confirmed').length, 1)
    assert.equal(messages.filter((message) => /already/.test(message)).length, 9)
  })

  it('changes nothing for HEAD or POST', async () => {
    const { token, email, password } = await newcomer()
    for (const method of ['HEAD', 'POST'] as const) {
      const answer = await open(token, {}, method)
      expectStatus(answer, 405)
      assert.doesNotMatch(String(answer.headers.allow), /HEAD|POST/)
    }

    const payload = { email, password }
    const login = await server.inject({ method: 'POST', url: '/api/auth/login', payload })
    expectProblem(login, 401, 'email_not_confirmed')
  })

  it('refuses tokens that are unknown, garbage or too old', async () => {
    const { token } = await newcomer()
    await server.services.database.pool.query(
      "update mailed_tokens set expires_at = now() - interval '1 second'",
    )
    const wrong = [
      token,
      randomBytes(32).toString('base64url'),
      'x',
      '%20',
      "'%20or%201=1--",
      '..;',
    ]
    for (const one of wrong) {
      expectProblem(await open(one), 400, 'verification_error', 'Verification error')
    }
    for (const one of ['x'.repeat(10_000), '%00', '%', '%ff', '%ed%a0%80', '']) {
      const { statusCode } = await open(one)
      assert.ok(statusCode >= 400 && statusCode < 500, `${statusCode} for ${one.slice(0, 20)}`)
    }
  })

  it('refuses what was mailed for another purpose', async () => {
    const ada = await signUp(server)
    expectStatus(await ask(ada.email, '/api/auth/forgot_password'), 200)
    const token = tokenIn(await server.mailbox.next({ to: ada.email, subject: /password/ }))

    for (const one of [token, ada.tokens.access_token, ada.tokens.refresh_token]) {
      const { statusCode } = await open(one)
      assert.ok(statusCode === 400 || statusCode === 404, String(statusCode))
    }
  })

  it('shows a page to a browser, and goes nowhere else', async () => {
    const { token } = await newcomer()
    const accept = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    for (const [status, title, url] of [
      [200, 'Welcome', `${token}?next=//evil.example&redirect=javascript:alert(1)`],
      [200, 'Already confirmed', `${token}?callbackURL=https:evil.example`],
      [400, 'This link is not valid any more', 'x'],
    ] as const) {
      const answer = await open(url, accept)
      expectStatus(answer, status)
      assert.match(String(answer.headers['content-type']), /^text\/html; charset=utf-8/)
      assert.equal(answer.headers['cache-control'], 'no-store')
      assert.equal(answer.headers['referrer-policy'], 'no-referrer')
      assert.equal(answer.headers.location, undefined)
      assert.ok(answer.body.includes(`<title>${title} · Kith</title>`))
      assert.doesNotMatch(answer.body, /evil|javascript:/)
    }
  })
})

describe('POST /api/auth/request_email', () => {
  it('answers the same whoever asks, and mails only who is not confirmed yet', async () => {
    const [newbie, ada] = [await newcomer(), await signUp(server)]
    const nobody = newAccount().email
    const answers = []
    for (const email of [newbie.email, ada.email, nobody]) answers.push(await ask(email))
    await server.jobsDone()

    for (const answer of answers) {
      expectStatus(answer, 200)
      assert.deepEqual(answer.json(), { message: 'Check your email for confirmation.' })
      const { date: _date, 'content-length': _length, ...headers } = answer.headers
      const { date: _itsDate, 'content-length': _itsLength, ...others } = answers[0]?.headers ?? {}
      assert.deepEqual(headers, others)
    }
    assert.equal((await server.mailbox.all(newbie.email)).length, 2)
    assert.equal((await server.mailbox.all(ada.email)).length, 1)
    assert.equal((await server.mailbox.all(nobody)).length, 0)
  })

  it('sends a new link, which replaces the one before', async () => {
    const { token, email } = await newcomer()
    expectStatus(await ask(` ${email.toUpperCase()} `), 200)
    const newer = tokenIn(await server.mailbox.next({ to: email }))

    expectProblem(await open(token), 400, 'verification_error')
    assert.deepEqual((await open(newer)).json(), { message: 'Email confirmed' })
  })

  it('refuses what is no address', async () => {
    for (const email of ['ada', '', null, [], {}, 5, true, `${'a'.repeat(300)}@example.org`]) {
      expectRefused(await ask(email), '/email')
    }
    const url = '/api/auth/request_email'
    expectRefused(await server.inject({ method: 'POST', url, payload: {} }), '/email')
    const payload = { email: 'ada@example.org', next: '//evil.example' }
    expectRefused(await server.inject({ method: 'POST', url, payload }), '/next')
  })

  it('sends no second mail when its job is delivered again after the confirmation', async () => {
    const { token, email } = await newcomer()
    const { db, jobs } = server.services
    const requestedAt = new Date().toISOString()
    expectStatus(await open(token), 200)
    await enqueueMail(jobs, db, { kind: 'confirm_email', email, requestedAt })
    await enqueueMail(jobs, db, {
      kind: 'reset_password',
      email,
      requestedAt: '2020-01-01T00:00:00Z',
    })
    await server.jobsDone()

    assert.equal((await server.mailbox.all(email)).length, 1)
    assert.deepEqual((await open(token)).json(), { message: 'Your email is already confirmed' })
  })
})
