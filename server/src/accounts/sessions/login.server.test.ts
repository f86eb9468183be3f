import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { claimsOf } from '../../../test/jwt.ts'
import { tokenIn } from '../../../test/mailbox.ts'
import { whileChecking } from '../../../test/meanwhile.ts'
import { expectStatus, logIn, newAccount, nextAddress, signUp } from '../../../test/people.ts'
import { expectProblem, expectRefused } from '../../../test/problems.ts'
import { startServer } from '../../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const formType = 'application/x-www-form-urlencoded'

function post(payload: object | string, type = 'application/json', headers = {}) {
  return server.inject({
    method: 'POST',
    url: '/api/auth/login',
    payload,
    headers: { 'content-type': type, ...headers },
    remoteAddress: nextAddress(),
  })
}

function form(fields: Record<string, string>) {
  return new URLSearchParams(fields).toString()
}

describe('POST /api/auth/login', () => {
  it('gives a pair of tokens for JSON, which no cache may keep', async () => {
    const { email, password } = await signUp(server)
    const answer = await post({ email, password })

    expectStatus(answer, 200)
    assert.equal(answer.headers['cache-control'], 'no-store')
    const { access_token: access, refresh_token: refresh, ...rest } = answer.json()
    assert.deepEqual(rest, { token_type: 'bearer', expires_in: 900 })
    const { sub, sid, gen, iat, exp } = claimsOf(access)
    assert.deepEqual([claimsOf(refresh)['sub'], claimsOf(refresh)['sid']], [sub, sid])
    assert.equal(gen, 1)
    assert.equal(Number(exp) - Number(iat), 900)
    const days = (Number(claimsOf(refresh)['exp']) - Number(iat)) / 86_400
    assert.ok(days <= 30 && days > 29.99)
  })

  it('takes the password form of OAuth 2.0, as Swagger UI sends it', async () => {
    const { email, password } = await signUp(server)
    const oauth = { grant_type: 'password', scope: '', client_id: 'x', client_secret: 'y' }
    for (const fields of [
      { username: email, password },
      { username: email, password, ...oauth },
    ]) {
      const answer = await post(form(fields), formType)
      expectStatus(answer, 200)
      assert.equal(answer.json().token_type, 'bearer')
    }
    expectStatus(await post(form({ username: email, password }), `${formType}; charset=UTF-8`), 200)
  })

  it('takes either name of the address, in JSON and in a form', async () => {
    const { email, password } = await signUp(server)
    for (const fields of [
      { email, password },
      { username: email, password },
    ]) {
      expectStatus(await post(fields), 200)
      expectStatus(await post(form(fields), formType), 200)
    }
  })

  it('knows an address in any case and with spaces around it', async () => {
    const { email, password } = await signUp(server)

    for (const spelling of [
      email.toUpperCase(),
      `  ${email}\t`,
      email.replace('example', 'EXAMPLE'),
    ]) {
      expectStatus(await post({ email: spelling, password }), 200)
      expectStatus(await post(form({ username: spelling, password }), formType), 200)
    }
  })

  it('says that an address is not confirmed only to those who know the password', async () => {
    const account = newAccount()
    const { email, password } = account
    const remoteAddress = nextAddress()
    await server.inject({
      method: 'POST',
      url: '/api/auth/signup',
      payload: account,
      remoteAddress,
    })

    expectProblem(
      await post({ email, password: 'not the password' }),
      401,
      'invalid_login',
      'Invalid email or password',
    )
    expectProblem(
      await post({ email, password }),
      401,
      'email_not_confirmed',
      'Email not confirmed',
    )
  })

  it('takes a password however it is composed, and as long as may be', async () => {
    const passwords = [
      'Zoë ﬁancée Å',
      '  spaces  around  ',
      '🐎🔋📎✅🐎🔋📎✅',
      'é'.repeat(100) + 'abc',
    ]
    for (const password of passwords) {
      const { email } = await signUp(server, { password: password.normalize('NFC') })
      for (const composition of ['NFC', 'NFD']) {
        expectStatus(await post({ email, password: password.normalize(composition) }), 200)
      }
      expectProblem(await post({ email, password: ` ${password}` }), 401, 'invalid_login')
    }
  })

  it('refuses every other shape of JSON and form', async () => {
    expectRefused(await post({}), '/email', '/password')
    expectRefused(await post({ email: [], password: {} }), '/email', '/password')
    expectRefused(await post({ email: 'a', password: '' }), '/password')
    expectRefused(await post({ email: 'a', password: 'x'.repeat(513) }), '/password')
    expectRefused(await post({ email: 'a', password: 'b', remember: true }), '/remember')
    expectRefused(await post({ username: 'a', email: 'a', password: 'b' }), '/email')
    expectRefused(
      await post(form({ username: 'a', email: 'a', password: 'b' }), formType),
      '/email',
    )
    expectRefused(await post({ email: 'a\0', password: 'b' }), '/email')
    expectRefused(await post(form({ password: 'b' }), formType), '/username')
    expectRefused(await post('username=a&username=b&password=c', formType), '/username')
    expectRefused(
      await post('username=a&password=b&grant_type=client_credentials', formType),
      '/grant_type',
    )
    for (const body of ['null', '[]', '"x"', '1', '']) {
      expectProblem(await post(body), 422, 'validation_failed')
    }
    expectProblem(await post('{'), 400, 'malformed_json')
    expectProblem(await post('{"__proto__":{"email":"a"}}'), 400, 'malformed_json')
  })

  it('ignores fields of a form that it does not know (RFC 6749, 3.2)', async () => {
    const { email, password } = await signUp(server)
    const fields = { grant_type: '', scope: '', audience: 'x', is_admin: 'true' }
    expectStatus(await post(form({ username: email, password, ...fields }), formType), 200)
  })

  it('refuses content types that its schema does not list', async () => {
    const { email, password } = await signUp(server)
    const types = ['text/plain', 'application/merge-patch+json', 'application/vnd.api+json', 'x']
    for (const type of types) {
      for (const body of [{ email, password }, {}, []]) {
        const answer = await post(JSON.stringify(body), type)
        expectProblem(answer, 415, 'unsupported_media_type')
      }
    }
    expectRefused(await server.inject({ method: 'POST', url: '/api/auth/login' }), '')
  })

  it('sets no cookie, whichever page sends the form', async () => {
    const { email, password } = await signUp(server)
    for (const origin of ['https://evil.example', 'http://localhost:3000', 'null']) {
      const answer = await post(form({ username: email, password }), formType, { origin })
      expectStatus(answer, 200)
      assert.equal(answer.headers['set-cookie'], undefined)
    }
  })

  it('gives two logins in one second two sessions', async () => {
    const ada = await signUp(server)
    const [one, other] = await Promise.all([logIn(server, ada), logIn(server, ada)])

    assert.notEqual(one.tokens.access_token, other.tokens.access_token)
    const ids = [one, other].map(({ tokens }) => claimsOf(tokens.access_token)['sid'])
    assert.notEqual(ids[0], ids[1])
  })

  it('fails with the old password even when a reset overtakes its check', async () => {
    const ada = await signUp(server)
    await server.inject({
      method: 'POST',
      url: '/api/auth/forgot_password',
      payload: { email: ada.email },
    })
    const token = tokenIn(await server.mailbox.next({ to: ada.email, subject: /password/ }))
    whileChecking(server, async () => {
      const payload = { token, password: 'a brand new password' }
      const url = '/api/auth/reset_password'
      expectStatus(await server.inject({ method: 'POST', url, payload }), 200)
    })
    const { email, password } = ada

    expectProblem(await post({ email, password }), 401, 'invalid_login')
    const { rows } = await server.services.database.pool.query(
      'select 1 from sessions join users on users.id = user_id where email = $1 and revoked_at is null',
      [email],
    )
    assert.equal(rows.length, 0)
  })
})
