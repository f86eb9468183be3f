import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { linkIn, tokenIn } from '../../../test/mailbox.ts'
import { expectStatus, logIn, newAccount, nextAddress, signUp } from '../../../test/people.ts'
import { expectProblem } from '../../../test/problems.ts'
import { startServer, type TestServer } from '../../../test/server.ts'
import { storeInvite } from '../invites.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

type Fields = Record<string, string>

function open(url: string, method: 'GET' | 'HEAD' | 'PUT' = 'GET') {
  return server.inject({ method, url, remoteAddress: nextAddress() })
}

/** Sends a form as a browser does. */
function send(url: string, fields: Fields, headers: Fields = {}, door: TestServer = server) {
  return door.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      ...headers,
    },
    remoteAddress: nextAddress(),
  })
}

/** Signs up without opening the mail. */
async function newcomer() {
  const account = newAccount()
  expectStatus(await send('/signup', account), 200)
  return { ...account, token: tokenIn(await server.mailbox.next({ to: account.email })) }
}

/** Somebody who forgot the password, with the token of the mail. */
async function forgetful() {
  const ada = await signUp(server)
  expectStatus(await send('/reset-password/mail', { email: ada.email }), 200)
  const mail = await server.mailbox.next({ to: ada.email, subject: /^Set a new password/ })
  return { ada, token: tokenIn(mail) }
}

async function isConfirmed({ email, password }: { email: string; password: string }) {
  const payload = { email, password }
  const answer = await server.inject({ method: 'POST', url: '/api/auth/login', payload })
  return answer.statusCode === 200
}

/** Every way in which a token comes back from a mail. */
const mangled = (path: string, token: string) => [
  `${path}/${token}`,
  `${path}/${token}/`,
  `${path}/${token}.`,
  `${path}?token=${token}`,
  `${path}/?utm_source=mail&token=${token}`,
  `${path}%23token=${token}`,
  `${path}%23token%3D${token}`,
  `${path}/%23token=${token}`,
]

describe('the links of mails', () => {
  it('go to a page by path', async () => {
    const account = newAccount()
    await send('/signup', account)
    const link = linkIn(await server.mailbox.next({ to: account.email }))
    assert.match(link.pathname, /^\/confirm\/[\w-]{43}$/)
    expectStatus(await open(link.pathname), 200)
  })

  it('change nothing when they are opened, however often and by whatever program', async () => {
    const account = await newcomer()
    const { ada, token } = await forgetful()
    for (const url of [
      ...mangled('/confirm', account.token),
      ...mangled('/reset-password', token),
    ]) {
      for (const method of ['HEAD', 'GET', 'GET'] as const) {
        const answer = await open(url, method)
        expectStatus(answer, 200)
        assert.match(String(answer.headers['content-type']), /^text\/html/)
        assert.equal(answer.headers['cache-control'], 'no-store')
        assert.equal(answer.headers['referrer-policy'], 'no-referrer')
        assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
      }
    }
    assert.equal(await isConfirmed(account), false)
    expectStatus(await ada.get('/api/users/me'), 200)
    expectStatus(await send('/confirm', { token: account.token }), 200)
    expectStatus(await send('/reset-password', { token, password: 'a brand new password' }), 200)
    assert.equal(await isConfirmed(account), true)
  })

  it('are known wherever a mail program left the token', async () => {
    const account = await newcomer()
    const { token } = await forgetful()
    for (const [path, token_] of [
      ['/confirm', account.token],
      ['/reset-password', token],
    ] as const) {
      for (const url of mangled(path, token_)) {
        const { body } = await open(url)
        assert.ok(body.includes(`<input type="hidden" name="token" value="${token_}" />`), url)
      }
    }
  })

  it('leave nothing of the token in the log', async () => {
    const account = await newcomer()
    const { token } = await forgetful()
    const paths = [...mangled('/confirm', token), ...mangled('/reset-password', account.token)]
    for (const url of [...paths, `/confirm/${token}/more`, `/nothing?token=${token}`]) {
      await open(url)
      await open(url, 'PUT')
    }
    await send('/confirm', { token })
    await send('/reset-password', { token, password: 'password' })
    const log = server.logged.join('')
    assert.match(log, /"route":"\/confirm\/:token"/)
    for (const secret of [token, account.token]) assert.ok(!log.includes(secret.slice(0, 20)))
  })

  it('say at once when they are dead, and bring the form that helps', async () => {
    const { token } = await forgetful()
    expectStatus(await send('/reset-password', { token, password: 'a brand new password' }), 200)
    const { token: confirmation } = await newcomer()
    const unknown = randomBytes(32).toString('base64url')
    for (const path of ['/confirm', '/reset-password']) {
      const other = path === '/confirm' ? token : confirmation
      const bodies = new Set<string>()
      for (const dead of [token, unknown, other, 'cut-off']) {
        const answer = await open(`${path}/${dead}`)
        expectStatus(answer, 400)
        bodies.add(answer.body)
      }
      const [body = '', ...different] = bodies
      assert.deepEqual(different, [])
      assert.match(body, /<title>This link is not valid any more/)
      assert.ok(body.includes(`action="${path}/mail"`))
    }
  })
})

describe('the page that confirms an address', () => {
  it('takes the token by its button, and says so when it is opened again', async () => {
    const account = await newcomer()
    assert.match((await open(`/confirm/${account.token}`)).body, /Confirm my address/)
    const first = await send('/confirm', { token: account.token })
    expectStatus(first, 200)
    assert.match(first.body, /<p role="status">Your e-mail address is confirmed\.<\/p>/)
    for (const answer of [
      await send('/confirm', { token: account.token }),
      await open(`/confirm/${account.token}`),
    ]) {
      expectStatus(answer, 200)
      assert.match(answer.body, /Already confirmed/)
    }
    await logIn(server, account)
  })

  it('takes a code that is pasted, or the whole link', async () => {
    const one = await newcomer()
    const other = await newcomer()
    assert.match((await open('/confirm')).body, /name="token"/)
    expectStatus(await send('/confirm', { token: ` ${one.token}\n` }), 200)
    const link = `${server.services.config.publicUrl.href}confirm/${other.token}`
    expectStatus(await send('/confirm', { token: link }), 200)
    for (const account of [one, other]) assert.equal(await isConfirmed(account), true)
  })

  it('says beside the field that a code is wrong', async () => {
    for (const token of ['', 'x', randomBytes(32).toString('base64url')]) {
      const { statusCode, body } = await send('/confirm', { token })
      assert.equal(statusCode, 400)
      assert.match(body, /<title>Error: /)
      assert.match(body, /aria-describedby="token-fault token-hint"\s+aria-invalid="true"/)
      assert.match(body, /id="token-fault" role="alert">This code is not valid any more/)
    }
  })

  it('sends another mail, with one answer for all', async () => {
    const [newbie, ada] = [await newcomer(), await signUp(server)]
    const nobody = newAccount().email
    const bodies = new Set<string>()
    for (const email of [newbie.email, ada.email, nobody]) {
      const answer = await send('/confirm/mail', { email })
      expectStatus(answer, 200)
      bodies.add(answer.body.replaceAll(email, ''))
    }
    await server.jobsDone()
    assert.equal(bodies.size, 1)
    assert.equal((await server.mailbox.all(newbie.email)).length, 2)
    assert.equal((await server.mailbox.all(ada.email)).length, 1)
    assert.equal((await server.mailbox.all(nobody)).length, 0)
  })
})

describe('the page that sets a password', () => {
  it('says what is wrong beside the field, and spends nothing on it', async () => {
    const { ada, token } = await forgetful()
    for (const [password, fault] of [
      ['short', 'This must have at least 8 characters.'],
      ['password1234', 'This is one of the passwords that are guessed first.'],
      ['', 'This must have at least 8 characters.'],
    ] as const) {
      const { statusCode, body } = await send('/reset-password', { token, password })
      assert.equal(statusCode, 422)
      assert.ok(body.includes(`id="password-fault" role="alert">${fault}</p>`), body)
      assert.match(body, /aria-invalid="true"\s+autofocus/)
    }
    const password = 'a brand new password'
    expectStatus(await send('/reset-password', { token, password }), 200)
    await logIn(server, { ...ada, password })
    expectStatus(await send('/reset-password', { token, password }), 400)
  })

  it('names the account to programs that keep passwords', async () => {
    const { ada, token } = await forgetful()
    const { body } = await open(`/reset-password/${token}`)
    const field = `<input name="username" autocomplete="username" value="${ada.email}"`
    assert.ok(body.includes(field))
    assert.match(body, /autocomplete="new-password"/)
    assert.match(body, /8 characters or more/)
  })

  it('goes on from a pasted code to the password', async () => {
    const { token } = await forgetful()
    const answer = await send('/reset-password', { token })
    expectStatus(answer, 200)
    assert.match(answer.body, /Save password/)
    const wrong = await send('/reset-password', { token: 'x' })
    expectStatus(wrong, 400)
    assert.match(wrong.body, /id="token-fault"/)
  })

  it('takes an address only, and shows what was typed as text', async () => {
    for (const email of ['ada', '', '"><script>alert(1)</script>@x']) {
      for (const url of ['/reset-password/mail', '/confirm/mail']) {
        const { statusCode, body } = await send(url, { email })
        assert.equal(statusCode, 422)
        assert.match(body, /id="email-fault" role="alert">This /)
        assert.doesNotMatch(body, /<script>/)
      }
    }
  })
})

describe('the page that opens an account', () => {
  it('opens one, and offers the mail again', async () => {
    const account = newAccount()
    const answer = await send('/signup', account)
    expectStatus(answer, 200)
    assert.match(answer.body, /<p role="status">\s*Check your e-mail\./)
    assert.match(answer.body, /Send again/)
    expectStatus(await send('/confirm/mail', { email: account.email }), 200)
  })

  it('says what is wrong with each field, and keeps what was typed but the password', async () => {
    const { statusCode, body } = await send('/signup', {
      username: ' ',
      email: 'ada',
      password: 'short',
    })
    assert.equal(statusCode, 422)
    for (const field of ['username', 'email', 'password'])
      assert.ok(body.includes(`${field}-fault`))
    assert.ok(body.includes('value="ada"'))
    assert.ok(!body.includes('value="short"'))
    assert.equal(body.match(/autofocus/g)?.length, 1)
    const { email } = await signUp(server)
    const taken = await send('/signup', newAccount({ email }))
    expectStatus(taken, 422)
    assert.match(taken.body, /There is an account with this e-mail\./)
  })

  it('takes the invite from the link or the field, where it needs one', async () => {
    await using inviting = await startServer({ REGISTRATION: 'invite' })
    const account = newAccount()
    const invite = await storeInvite(inviting.services.db, account.email)
    assert.match((await inviting.inject('/signup')).body, /Invitation code/)
    const { body } = await inviting.inject(`/signup/${invite}`)
    assert.ok(body.includes(`value="${invite}"`) && body.includes(`value="${account.email}"`))
    expectStatus(await send('/signup', account, {}, inviting), 422)
    const other = { ...newAccount(), invite }
    const refused = await send('/signup', other, {}, inviting)
    expectStatus(refused, 422)
    assert.match(refused.body, /id="invite-fault"/)
    expectStatus(await send('/signup', { ...account, invite }, {}, inviting), 200)
    const dead = await inviting.inject(`/signup/${invite}`)
    expectStatus(dead, 400)
    assert.match(dead.body, /This invitation is not valid any more/)
    assert.ok(!inviting.logged.join('').includes(invite))
  })

  it('says so where nobody can sign up', async () => {
    await using closed = await startServer({ REGISTRATION: 'closed' })
    assert.match((await closed.inject('/signup')).body, /takes no new accounts/)
    expectStatus(await send('/signup', newAccount(), {}, closed), 403)
  })
})

describe('the forms', () => {
  it('are taken from our own pages alone', async () => {
    const account = await newcomer()
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'sec-fetch-site': site }
      const answer = await send('/confirm', { token: account.token }, headers)
      expectStatus(answer, 403)
      assert.match(String(answer.headers['content-type']), /^text\/html/)
    }
    assert.equal(await isConfirmed(account), false)
  })

  it('count into the limits of the API, and say how long to wait', async () => {
    await using limited = await startServer({ RATE_LIMITS: 'on' })
    const remoteAddress = nextAddress()
    const form = {
      method: 'POST',
      url: '/reset-password/mail',
      remoteAddress,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'email=ada%40example.org',
    } as const
    for (let count = 0; count < 10; count++) expectStatus(await limited.inject(form), 200)
    const answer = await limited.inject(form)
    expectStatus(answer, 429)
    assert.match(answer.body, /role="alert">Too many attempts\. Try again in 60 minutes\.</)
    assert.ok(Number(answer.headers['retry-after']) > 0)
    const payload = { email: 'ada@example.org' }
    const url = '/api/auth/forgot_password'
    const call = await limited.inject({ method: 'POST', url, payload, remoteAddress })
    expectProblem(call, 429, 'rate_limited')
  })

  it('limit how often links are tried', async () => {
    await using limited = await startServer({ RATE_LIMITS: 'on' })
    const remoteAddress = nextAddress()
    const statuses = new Set<number>()
    for (let count = 0; count < 61; count++) {
      const url = `/reset-password/${randomBytes(32).toString('base64url')}`
      statuses.add((await limited.inject({ method: 'GET', url, remoteAddress })).statusCode)
    }
    assert.deepEqual([...statuses], [400, 429])
  })
})
