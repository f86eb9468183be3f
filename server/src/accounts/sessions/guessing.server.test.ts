import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { tokenIn } from '../../../test/mailbox.ts'
import { expectStatus, logIn, newAccount, nextAddress, signUp } from '../../../test/people.ts'
import { expectProblem } from '../../../test/problems.ts'
import { startServer } from '../../../test/server.ts'
import { until } from '../../../test/until.ts'

const server = await startServer({ RATE_LIMITS: 'on' })
after(() => server[Symbol.asyncDispose]())

const password = 'not the password'

function post(url: string, payload: object, remoteAddress = nextAddress(), headers = {}) {
  return server.inject({ method: 'POST', url, payload, headers, remoteAddress })
}

function guess(email: string, guessed = password) {
  return post('/api/auth/login', { email, password: guessed })
}

describe('signing up from one address', () => {
  it('takes one place for equal requests at the same time, and ten in an hour', async () => {
    const address = nextAddress()
    const open = (account = newAccount()) => post('/api/auth/signup', account, address)
    const account = newAccount()
    const together = await Promise.all(Array.from({ length: 20 }, () => open(account)))
    const statuses = together.map(({ statusCode }) => statusCode)
    assert.equal(statuses.filter((status) => status === 201).length, 1)
    assert.equal(statuses.filter((status) => status === 409).length, 19)

    for (let count = 2; count <= 10; count++) expectStatus(await open(), 201)
    expectProblem(await open(), 429, 'rate_limited')
    expectProblem(await open(account), 429, 'rate_limited')
  })
})

/** Blocks further attempts for longer than any test takes. */
async function failUntilBlocked(email: string) {
  for (let index = 0; index < 6; index++) expectProblem(await guess(email), 401, 'invalid_login')
  await moveFailures("blocked_until = now() + interval '1 hour'")
  const answer = await guess(email)
  expectProblem(answer, 429, 'too_many_failures')
  const wait = Number(answer.headers['retry-after'])
  assert.ok(wait > 3_000 && wait <= 3_600, `${wait} s`)
}

/** The wait after the latest failure of any account, in seconds. */
async function lastWait(): Promise<number> {
  const { rows } = await server.services.database.pool.query<{ wait: number }>(
    `select round(extract(epoch from blocked_until - failed_at))::int as wait
    from login_failures order by failed_at desc limit 1`,
  )
  return rows[0]?.wait ?? NaN
}

function moveFailures(change: string) {
  return server.services.database.pool.query(`update login_failures set ${change}`)
}

describe('guessing a password', () => {
  it('has to wait 1, 2, 4 and at most 900 seconds, from however many addresses', async () => {
    const { email } = await signUp(server)
    const waits = []
    while (waits.length < 18) {
      expectProblem(await guess(email), 401, 'invalid_login')
      waits.push(await lastWait())
      await moveFailures('blocked_until = now()')
    }

    const free = [0, 0, 0, 0, 0]
    assert.deepEqual(waits, [...free, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
  })

  it('is counted by account, however its address is spelled', async () => {
    const { email } = await signUp(server)
    const spellings = [email, email.toUpperCase(), ` ${email} `]
    for (const spelling of [...spellings, ...spellings]) {
      expectProblem(await guess(spelling), 401, 'invalid_login')
    }
    await moveFailures("blocked_until = now() + interval '1 hour'")

    expectProblem(await guess(email), 429, 'too_many_failures')
    const form = new URLSearchParams({ username: email, password }).toString()
    const answer = await server.inject({
      method: 'POST',
      url: '/api/auth/login',
      payload: form,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expectProblem(answer, 429, 'too_many_failures')
  })

  it('is counted before the password is checked, so that many at once are not more', async () => {
    const { email } = await signUp(server)
    await guess(email)
    // One more failure blocks for longer than this test takes.
    await moveFailures('failures = 12')
    const answers = await Promise.all(Array.from({ length: 20 }, () => guess(email)))

    const statuses = answers.map(({ statusCode }) => statusCode)
    assert.equal(statuses.filter((status) => status === 401).length, 1)
    assert.equal(statuses.filter((status) => status === 429).length, 19)
  })

  it('keeps nobody else waiting', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    await failUntilBlocked(ada.email)

    await logIn(server, eve)
  })

  it('starts anew after the right password', async () => {
    const ada = await signUp(server)
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 5; index++) await guess(ada.email)
      await logIn(server, ada)
    }
  })

  it('starts anew after a day', async () => {
    const { email } = await signUp(server)
    await failUntilBlocked(email)
    await moveFailures(
      "failures = 40, failed_at = now() - interval '25 hours', blocked_until = now()",
    )

    for (let index = 0; index < 5; index++) {
      expectProblem(await guess(email), 401, 'invalid_login')
    }
    expectProblem(await guess(email), 401, 'invalid_login')
  })

  it('does not keep the owner out: a reset lets them in at once', async () => {
    const ada = await signUp(server)
    await failUntilBlocked(ada.email)
    expectProblem(await guess(ada.email, ada.password), 429, 'too_many_failures')
    expectStatus(await post('/api/auth/forgot_password', { email: ada.email }), 200)
    const token = tokenIn(await server.mailbox.next({ to: ada.email, subject: /^Set a new/ }))
    const fresh = { token, password: 'a brand new password' }
    expectStatus(await post('/api/auth/reset_password', fresh), 200)

    await logIn(server, { ...ada, password: fresh.password })
  })

  it('at the login does not keep the owner from their account, nor the other way round', async () => {
    const ada = await signUp(server)
    await failUntilBlocked(ada.email)
    const change = (current: string) =>
      ada.post('/api/auth/change_password', {
        current_password: current,
        new_password: 'another one',
      })
    for (let index = 0; index < 6; index++) {
      expectProblem(await change(password), 403, 'wrong_password')
    }
    await moveFailures("blocked_until = now() + interval '1 hour'")
    expectProblem(await change(ada.password), 429, 'too_many_failures')
    expectProblem(
      await ada.delete('/api/users/me', { password: ada.password }),
      429,
      'too_many_failures',
    )
    await moveFailures('blocked_until = now()')
    expectStatus(await change(ada.password), 200)
    await logIn(server, { ...ada, password: 'another one' })
  })
})

describe('limits by address', () => {
  it('refuse the eleventh sign-up of an hour, before anything is looked up', async () => {
    const address = nextAddress()
    const { email } = await signUp(server)
    for (let index = 0; index < 10; index++) {
      const answer = await post('/api/auth/signup', newAccount(), address)
      expectStatus(answer, 201)
      assert.match(String(answer.headers['ratelimit']), new RegExp(`;r=${9 - index};t=3600$`))
      assert.match(String(answer.headers['ratelimit-policy']), /;q=10;w=3600$/)
    }

    const eleventh = await post('/api/auth/signup', newAccount({ email }), address)
    expectProblem(eleventh, 429, 'rate_limited')
    assert.ok(Number(eleventh.headers['retry-after']) > 3_000)
    expectStatus(await post('/api/auth/signup', newAccount()), 201)
  })

  it('hold for whoever claims another address by a header', async () => {
    const address = nextAddress()
    const claim = (fake: string) => ({
      'x-forwarded-for': fake,
      forwarded: `for=${fake}`,
      'x-real-ip': fake,
      'cf-connecting-ip': fake,
      'true-client-ip': fake,
      'x-client-ip': fake,
    })
    const logInFrom = (fake: string) =>
      post('/api/auth/login', { email: newAccount().email, password }, address, claim(fake))
    for (let index = 0; index < 30; index++) {
      expectProblem(await logInFrom(`203.0.113.${index}`), 401, 'invalid_login')
    }

    expectProblem(await logInFrom('203.0.113.30'), 429, 'rate_limited')
  })

  it('hold for a /64 of IPv6, and for IPv4 in either notation', async () => {
    const ask = (address: string) =>
      post('/api/auth/forgot_password', { email: newAccount().email }, address)
    for (const address of [
      (index: number) => `2001:db8:7:7::${(index * 4099).toString(16)}`,
      (index: number) => (index % 2 ? '192.0.2.99' : '::ffff:192.0.2.99'),
    ]) {
      for (let index = 0; index < 10; index++) expectStatus(await ask(address(index)), 200)
      expectProblem(await ask(address(10)), 429, 'rate_limited')
    }
    expectStatus(await ask('2001:db8:7:8::1'), 200)
  })

  it('go by the address that a trusted proxy names, and by nothing before it', async () => {
    await using behindProxy = await startServer({ RATE_LIMITS: 'on', TRUST_PROXY: '10.9.0.0/16' })
    const ask = (forwarded: string) =>
      behindProxy.inject({
        method: 'POST',
        url: '/api/auth/request_email',
        payload: { email: newAccount().email },
        headers: { 'x-forwarded-for': forwarded },
        remoteAddress: '10.9.0.1',
      })
    for (let index = 0; index < 10; index++) {
      expectStatus(await ask(`203.0.113.${index}, 198.51.100.7`), 200)
    }

    expectProblem(await ask('203.0.113.99, 198.51.100.7'), 429, 'rate_limited')
    expectStatus(await ask('198.51.100.8'), 200)
  })
})

describe('mails that strangers ask for', () => {
  it('are at most five an hour to one address, from however many addresses', async () => {
    const account = newAccount()
    const { email } = account
    expectStatus(await post('/api/auth/signup', account), 201)
    const asked = Array.from({ length: 100 }, (_, index) =>
      post(index % 2 ? '/api/auth/request_email' : '/api/auth/forgot_password', {
        email: index % 3 ? email : email.toUpperCase(),
      }),
    )
    for (const answer of await Promise.all(asked)) expectStatus(answer, 200)

    const mails = () => server.mailbox.all(email)
    await until('five mails', async () => (await mails()).length === 5)
    await server.jobsDone()
    assert.equal((await mails()).length, 5)
  })

  it('leave their places to mails that somebody waits for', async () => {
    const email = newAccount().email
    const askInVain = async () => {
      for (let index = 0; index < 6; index++) {
        expectStatus(await post('/api/auth/request_email', { email }), 200)
      }
      await server.jobsDone()
    }
    await askInVain()
    await signUp(server, { email })
    await askInVain()
    expectStatus(await post('/api/auth/forgot_password', { email }), 200)

    assert.ok(await server.mailbox.next({ to: email, subject: /^Set a new password/ }))
  })
})
