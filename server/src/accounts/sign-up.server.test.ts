import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { tokenIn } from '../../test/mailbox.ts'
import { expectStatus, logIn, newAccount, nextAddress, signUp } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { expectLinear } from '../../test/time-ratio.ts'
import { expectTimeSince } from '../../test/times.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

function post(payload: object | string, { url = '/api/auth/signup', headers = {} } = {}) {
  return server.inject({ method: 'POST', url, payload, headers, remoteAddress: nextAddress() })
}

describe('POST /api/auth/signup', () => {
  it('opens an account, answers with the user, and sends one mail', async () => {
    const account = newAccount({ username: '  Ada ' })
    const before = Date.now()
    const answer = await post(account)

    expectStatus(answer, 201)
    const { user, detail } = answer.json()
    assert.equal(detail, 'User successfully created. Check your email for confirmation.')
    const { id, created_at: createdAt, ...rest } = user
    assert.deepEqual(rest, { username: 'Ada', email: account.email, avatar: null })
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/)
    expectTimeSince(before, createdAt)
    await server.jobsDone()
    assert.equal((await server.mailbox.all(account.email)).length, 1)
  })

  it('refuses an address that has an account, in any spelling', async () => {
    const { email } = await signUp(server)

    for (const again of [email, email.toUpperCase(), ` ${email} `]) {
      expectProblem(
        await post(newAccount({ email: again })),
        409,
        'account_exists',
        'Account already exists',
      )
    }
  })

  it('lets one of twenty equal sign-ups through, and sends one mail', async () => {
    const account = newAccount()
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(account)))

    const statuses = answers.map((answer) => answer.statusCode)
    assert.equal(statuses.filter((status) => status === 201).length, 1)
    assert.equal(statuses.filter((status) => status === 409).length, 19)
    await server.jobsDone()
    assert.equal((await server.mailbox.all(account.email)).length, 1)
  })

  it('refuses what only the server may set', async () => {
    const extra = {
      role: 'admin',
      confirmed: true,
      confirmed_at: '2026-01-01T00:00:00Z',
      id: '01a20497-405b-7167-a9e2-939dbd06ad08',
      created_at: '2020-01-01T00:00:00Z',
      avatar: 'https://evil.example/x.webp',
      is_admin: true,
      password_hash: 'x',
      version: 7,
    }
    const account = newAccount()
    const answer = await post({ ...account, ...extra })

    expectRefused(answer, ...Object.keys(extra).map((name) => `/${name}`))
    expectStatus(await post(account), 201)
  })

  it('ignores the query', async () => {
    const account = newAccount()
    const url = '/api/auth/signup?is_admin=true&confirmed=true&confirmed_at=2026-01-01'
    expectStatus(await post(account, { url }), 201)

    const login = await post(
      { email: account.email, password: account.password },
      { url: '/api/auth/login' },
    )
    expectProblem(login, 401, 'email_not_confirmed')
  })

  it('names every field that is wrong', async () => {
    const { username, email, password } = newAccount()

    expectRefused(await post({}), '/username', '/email', '/password')
    expectRefused(await post({ username: '', email, password }), '/username')
    expectRefused(await post({ username: ' \t ', email, password }), '/username')
    expectRefused(await post({ username: 'x'.repeat(51), email, password }), '/username')
    expectRefused(await post({ username, email, password: 'short 7' }), '/password')
    expectRefused(await post({ username, email, password: 'x y z'.repeat(30) }), '/password')
    expectRefused(await post({ username, email, password: 'password1' }), '/password')
    expectRefused(
      await post({ username: 1, email: [], password: {} }),
      '/username',
      '/email',
      '/password',
    )
    expectRefused(await post({ username: 'a\0b', email, password }), '/username')
    expectRefused(await post({ username, email, password: '\ud800 and more' }), '/password')
  })

  it('refuses addresses to which no mail can go', async () => {
    const wrong = [
      'ada',
      'ada@',
      '@example.org',
      'ada@localhost',
      'ada@@example.org',
      'a da@example.org',
      'ada@exa mple.org',
      '.ada@example.org',
      'ada.@example.org',
      'a..da@example.org',
      '"ada"@example.org',
      'ada@[127.0.0.1]',
      'ada@127.0.0.1',
      'ada@-example.org',
      '\u0430da@example.org',
      'ada@example.org,eve@example.org',
      'ada@example.org\r\nBcc: eve@example.org',
      'Ada <ada@example.org>',
      `${'a'.repeat(65)}@example.org`,
      `ada@${'a.'.repeat(130)}org`,
    ]
    for (const email of wrong) expectRefused(await post(newAccount({ email })), '/email')
  })

  it('takes no more than linear time to refuse long nonsense', async () => {
    for (const part of ['a@', 'a.']) {
      const accountOf = (size: number) =>
        newAccount({ email: `a@${part.repeat(size / part.length)}!` })
      const refuse = async (account: object) => expectRefused(await post(account), '/email')
      await expectLinear(part, accountOf, refuse, 50_000)
    }
  })

  it('refuses bodies that are no JSON object', async () => {
    for (const payload of ['{', '{"username":}', 'nul', "{'a':1}"]) {
      expectProblem(
        await post(payload, { headers: { 'content-type': 'application/json' } }),
        400,
        'malformed_json',
      )
    }
    for (const payload of ['null', '[]', '1', '"x"', '']) {
      expectProblem(
        await post(payload, { headers: { 'content-type': 'application/json' } }),
        422,
        'validation_failed',
      )
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/json', 'x']) {
      const payload = JSON.stringify(newAccount())
      const answer = await post(payload, { headers: { 'content-type': type } })
      expectProblem(answer, 415, 'unsupported_media_type')
    }
  })

  it('keeps a look-alike domain apart, and shows it as it is', async () => {
    const plain = await signUp(server)
    const [name] = plain.email.split('@')
    const email = `${name}@ex\u0430mple.org`
    const account = newAccount({ email })
    const answer = await post(account)

    expectStatus(answer, 201)
    const punycode = `${name}@xn--exmple-4nf.org`
    assert.equal(answer.json().user.email, punycode)
    assert.notEqual(answer.json().user.id, (await plain.get('/api/users/me')).json().id)
    const mail = await server.mailbox.next({ to: punycode })
    assert.match(mail.text ?? '', /xn--exmple-4nf\.org/)
    expectProblem(await post(newAccount({ email: punycode })), 409, 'account_exists')

    const url = `/api/auth/confirmed_email/${tokenIn(mail)}`
    expectStatus(await server.inject({ method: 'GET', url }), 200)
    const twin = await logIn(server, account)
    assert.equal((await twin.get('/api/users/me')).json().email, punycode)
  })

  it('allows equal names, and shows them as text in mails', async () => {
    const username = '{{7*7}}<img src=x onerror=alert(1)>'
    await signUp(server, { username })
    const other = newAccount({ username })
    expectStatus(await post(other), 201)

    const { html = '', text = '', subject = '' } = await server.mailbox.next({ to: other.email })
    assert.ok(text.includes(username))
    assert.ok(!html.includes('<img'))
    assert.match(html, /\{\{7\*7\}\}&(?:lt|#60);img/)
    assert.doesNotMatch(subject, /[\r\n]/)
  })
})
