import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { basic } from '../../../test/dav.ts'
import { expectStatus, logIn, signUp, type Person } from '../../../test/people.ts'
import { expectProblem, expectRefused } from '../../../test/problems.ts'
import { startServer, type TestServer } from '../../../test/server.ts'
import { removeExpired } from '../../cleanup.ts'
import { emailKey } from '../email-address.ts'
import { setAccountDisabled } from '../users.ts'
import { readAppPassword } from './identity.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const tokens = '/api/users/me/tokens'
const appPasswords = '/api/users/me/app-passwords'

async function makeToken(
  owner: Person,
  wanted: object = {},
): Promise<{ id: string; token: string }> {
  const answer = await owner.post(tokens, { name: 'Script', scope: 'read_write', ...wanted })
  expectStatus(answer, 201)
  return answer.json()
}

async function makeAppPassword(owner: Person): Promise<{ id: string; password: string }> {
  const answer = await owner.post(appPasswords, { name: 'Phone', scope: 'read_write' })
  expectStatus(answer, 201)
  return answer.json()
}

function listWith(token: string, at: Pick<TestServer, 'inject'> = server) {
  const headers = { authorization: `Bearer ${token}` }
  return at.inject({ method: 'GET', url: '/api/labels', headers })
}

async function expectDead(token: string, at: Pick<TestServer, 'inject'> = server) {
  const answer = await listWith(token, at)
  expectProblem(answer, 401, 'invalid_token')
  assert.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"')
}

function byAppPassword({ email }: Person, password: string, at = server) {
  const shown = readAppPassword(basic(email, password))
  return shown && at.services.keyIdentities.byAppPassword(shown)
}

describe('an API token', () => {
  it('lets its owner in, and is shown once', async () => {
    const ada = await signUp(server)
    const answer = await ada.post(tokens, {
      name: ' Backup ',
      scope: 'read_only',
      expires_at: null,
    })
    expectStatus(answer, 201)
    assert.equal(answer.headers['cache-control'], 'no-store')
    const { token, ...others } = answer.json()
    assert.equal(others.name, 'Backup')
    assert.equal(others.expires_at, null)

    const headers = { authorization: `Bearer ${token}` }
    const me = await server.inject({ method: 'GET', url: '/api/users/me', headers })
    expectStatus(me, 200)
    assert.equal(me.json().email, ada.email)
    const listed = await ada.get(tokens)
    assert.ok(!listed.body.includes(token))
    assert.equal(listed.json()[0].id, others.id)
  })

  it('shows when, from where and by what it was last used', async () => {
    const ada = await signUp(server)
    const { token } = await makeToken(ada)
    const [before] = (await ada.get(tokens)).json()
    assert.deepEqual(
      [before.last_used_at, before.last_address, before.last_client],
      [null, null, null],
    )
    const headers = { authorization: `Bearer ${token}`, 'user-agent': 'curl/8' }
    const call = { method: 'GET', url: '/api/labels', headers, remoteAddress: '192.0.2.7' } as const
    expectStatus(await server.inject(call), 200)

    const [used] = (await ada.get(tokens)).json()
    assert.ok(Date.parse(used.last_used_at) >= Date.parse(used.created_at))
    assert.deepEqual([used.last_address, used.last_client], ['192.0.2.7', 'curl/8'])

    const nameless = { ...call, headers: { ...headers, 'user-agent': '' } }
    expectStatus(await server.inject(nameless), 200)
    assert.equal((await ada.get(tokens)).json()[0].last_client, null)
  })

  it('is dead from the request after its deletion on', async () => {
    const ada = await signUp(server)
    const { id, token } = await makeToken(ada)
    const other = await makeToken(ada)
    for (let time = 0; time < 2; time++) expectStatus(await listWith(token), 200)
    expectStatus(await ada.delete(`${tokens}/${id}`), 204)

    await expectDead(token)
    expectStatus(await listWith(other.token), 200)
    expectProblem(await ada.delete(`${tokens}/${id}`), 404, 'not_found', 'There is no such token.')
  })

  it('is dead with its account, and while that is disabled', async () => {
    const ada = await signUp(server)
    const { token } = await makeToken(ada)
    expectStatus(await listWith(token), 200)
    await setAccountDisabled(server.services, emailKey(ada.email), true)
    await expectDead(token)
    await setAccountDisabled(server.services, emailKey(ada.email), false)
    expectStatus(await listWith(token), 200)
    expectStatus(await ada.delete('/api/users/me', { password: ada.password }), 204)
    await expectDead(token)
  })

  it('ends with every session, but not with one', async () => {
    const laptop = await signUp(server)
    const { token } = await makeToken(laptop)
    const { password } = await makeAppPassword(laptop)
    expectStatus(await (await logIn(server, laptop)).post('/api/auth/logout'), 204)
    expectStatus(await listWith(token), 200)
    assert.ok(await byAppPassword(laptop, password))

    expectStatus(await laptop.post('/api/auth/logout?all=true'), 204)
    await expectDead(token)
    assert.equal(await byAppPassword(laptop, password), undefined)
  })

  it('outlives a change of the password, whose mail names it', async () => {
    const ada = await signUp(server)
    const { token } = await makeToken(ada, { name: 'Nightly backup' })
    const change = { current_password: ada.password, new_password: 'a brand new password' }
    expectStatus(await ada.post('/api/auth/change_password', change), 200)
    expectStatus(await listWith(token), 200)
    const mail = await server.mailbox.next({ to: ada.email, subject: /password was changed/ })
    assert.match(mail.text ?? '', /API token: Nightly backup/)
  })

  it('is made with a mail to its owner that does not hold it', async () => {
    const ada = await signUp(server)
    const { token } = await makeToken(ada, { name: 'https://evil.example' })
    const { text = '' } = await server.mailbox.next({ to: ada.email, subject: /new API token/ })
    assert.ok(!text.includes(token.slice(9, 20)))
    assert.ok(!text.includes('https://evil.example'))
    assert.match(text, /Name: https/)
    assert.match(text, /Access: read and change\n/)
  })

  it('expires when it was meant to', async () => {
    const ada = await signUp(server)
    const { id, token } = await makeToken(ada, { expires_at: '2999-01-01T00:00:00+01:00' })
    const [listed] = (await ada.get(tokens)).json()
    assert.equal(listed.expires_at, '2998-12-31T23:00:00.000Z')
    const { pool } = server.services.database
    const past = "update access_keys set expires_at = now() - interval '1 ms' where id = $1"
    await pool.query(past, [id])
    await expectDead(token)
    assert.equal((await ada.get(tokens)).json().length, 1)

    const longAgo = "update access_keys set expires_at = now() - interval '31 days' where id = $1"
    await pool.query(longAgo, [id])
    await removeExpired(server.services.database)
    assert.deepEqual((await ada.get(tokens)).json(), [])
  })

  it('that expires is refused also while it is cached', async () => {
    const ada = await signUp(server)
    const { id, token } = await makeToken(ada)
    expectStatus(await listWith(token), 200)
    const { cache, database } = server.services
    const value = {
      userId: idOf(ada),
      scope: 'read_write',
      expiresAt: Date.now() - 1,
      revoked: false,
    }
    await cache.put([{ key: `access-key:${id}`, version: 2, value }])
    const past = "update access_keys set expires_at = now() - interval '1 ms' where id = $1"
    await database.pool.query(past, [id])
    await expectDead(token)
  })

  it('counts into the limits of its user', async () => {
    await using limited = await startServer({ RATE_LIMITS: 'on' })
    const ada = await signUp(limited)
    const { token } = await makeToken(ada)
    for (let time = 0; time < 10; time++) expectStatus(await ada.get('/api/contacts'), 200)
    const headers = { authorization: `Bearer ${token}` }
    const answer = await limited.inject({ method: 'GET', url: '/api/contacts', headers })
    expectProblem(answer, 429, 'rate_limited')
  })

  it('is refused where a field of it is wrong', async () => {
    const ada = await signUp(server)
    const good = { name: 'Script', scope: 'read_only' }
    for (const [pointer, wrong] of [
      ['/name', { name: '' }],
      ['/name', { name: 'a\nb' }],
      ['/name', { name: 'x'.repeat(101) }],
      ['/scope', { scope: 'admin' }],
      ['/expires_at', { expires_at: '2020-01-01T00:00:00Z' }],
      ['/expires_at', { expires_at: 'tomorrow' }],
      ['/expires_at', { expires_at: '2027-06-30T23:59:60Z' }],
      ['/expires_at', { expires_at: '9999-12-31T23:59:59-23:59' }],
      ['/expires_at', { expires_at: 0 }],
      ['/token', { token: 'kith_pat_mine' }],
    ] as const) {
      expectRefused(await ada.post(tokens, { ...good, ...wrong }), pointer)
    }
    assert.deepEqual((await ada.get(tokens)).json(), [])
  })

  it('is one of fifty at most, also when many are made at once', async () => {
    const ada = await signUp(server)
    const { pool } = server.services.database
    const rows = `insert into access_keys (user_id, id, kind, name, scope, secret_hash)
      select $1, gen_random_uuid(), 'api_token', 'Script', 'read_only', sha256(gen_random_uuid()::text::bytea)
      from generate_series(1, 48)`
    await pool.query(rows, [idOf(ada)])
    const wanted = { name: 'Script', scope: 'read_only' }
    const answers = await Promise.all([1, 2, 3, 4].map(() => ada.post(tokens, wanted)))
    const statuses = answers.map(({ statusCode }) => statusCode)
    assert.deepEqual(
      statuses.sort((one, other) => one - other),
      [201, 201, 409, 409],
    )
    expectProblem(await ada.post(tokens, wanted), 409, 'too_many_access_keys')
    await makeAppPassword(ada)
  })

  it('is dead in every process that shares the database', async (t) => {
    if (!server.settings['DATABASE_URL']) return t.skip('the embedded database is for one process')
    await using second = await startServer({ ...server.settings })
    const ada = await signUp(server)
    const { id, token } = await makeToken(ada)
    for (const at of [server, second, second]) expectStatus(await listWith(token, at), 200)
    expectStatus(await ada.delete(`${tokens}/${id}`), 204)
    // All share one event loop, in which Redis's notification arrives one turn after the answer.
    await setImmediate()
    await expectDead(token, second)
    await expectDead(token)
  })

  it('leaves in the cache neither itself nor a hash', async () => {
    const ada = await signUp(server)
    const { id, token } = await makeToken(ada)
    expectStatus(await listWith(token), 200)
    const [value] = await server.services.cache.get([`access-key:${id}`])
    if (value === undefined) return
    const names = Object.keys(value as object).sort()
    assert.deepEqual(names, ['expiresAt', 'revoked', 'scope', 'userId'])
  })

  it('is looked up anew where the cache holds nonsense', async () => {
    const ada = await signUp(server)
    const { id, token } = await makeToken(ada)
    expectStatus(await listWith(token), 200)
    const good = { userId: idOf(ada), scope: 'read_write', expiresAt: null, revoked: false }
    for (const value of [null, {}, [], { ...good, scope: 'admin' }, { ...good, revoked: 'no' }]) {
      await server.services.cache.put([{ key: `access-key:${id}`, version: 2, value }])
      expectStatus(await listWith(token), 200)
    }
  })
})

describe('an app password', () => {
  it('belongs to one address, and dies at once', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const { id, password } = await makeAppPassword(ada)
    const holder = await byAppPassword(ada, password)
    assert.deepEqual(
      [holder?.user.email, holder?.keyId, holder?.scope],
      [ada.email, id, 'read_write'],
    )
    assert.ok(await byAppPassword({ ...ada, email: ` ${ada.email.toUpperCase()}` }, password))
    assert.equal(await byAppPassword(eve, password), undefined)
    expectStatus(await ada.delete(`${appPasswords}/${id}`), 204)
    assert.equal(await byAppPassword(ada, password), undefined)
  })

  it('opens nothing of the API, in whatever way it is shown', async () => {
    const ada = await signUp(server)
    const { password } = await makeAppPassword(ada)
    for (const url of ['/api/users/me', '/api/contacts', '/api/auth/sessions', tokens]) {
      const headers = { authorization: basic(ada.email, password) }
      expectProblem(await server.inject({ method: 'GET', url, headers }), 403, 'token_not_allowed')
      const bearer = { authorization: `Bearer ${password}` }
      expectProblem(
        await server.inject({ method: 'GET', url, headers: bearer }),
        401,
        'invalid_token',
      )
    }
    const payload = { email: ada.email, password }
    const login = await server.inject({ method: 'POST', url: '/api/auth/login', payload })
    expectProblem(login, 401, 'invalid_login')
  })

  it('is neither a token nor a refresh token, and no token is an app password', async () => {
    const ada = await signUp(server)
    const { password } = await makeAppPassword(ada)
    const { token } = await makeToken(ada)
    assert.equal(await server.services.keyIdentities.byToken(password), undefined)
    assert.equal(await byAppPassword(ada, token), undefined)
    assert.equal(await byAppPassword(ada, ada.password), undefined)
    for (const shown of [password, token]) {
      const headers = { authorization: `Bearer ${shown}` }
      const call = { method: 'POST', url: '/api/auth/refresh_token', headers } as const
      expectProblem(await server.inject(call), 401, 'invalid_token')
    }
  })

  it('is not deleted as a token, nor a token as one', async () => {
    const ada = await signUp(server)
    const { id: passwordId } = await makeAppPassword(ada)
    const { id: tokenId } = await makeToken(ada)
    expectProblem(await ada.delete(`${tokens}/${passwordId}`), 404, 'not_found')
    expectProblem(await ada.delete(`${appPasswords}/${tokenId}`), 404, 'not_found')
    assert.equal((await ada.get(tokens)).json().length, 1)
    assert.equal((await ada.get(appPasswords)).json().length, 1)
  })
})

function idOf({ tokens: pair }: Person): string {
  const [, claims = ''] = pair.access_token.split('.')
  return JSON.parse(Buffer.from(claims, 'base64url').toString()).sub
}

describe('the profile of an app password', () => {
  const readProfile = (owner: Person, id: string) => owner.get(`${appPasswords}/${id}/profile`)

  it('sets up a device, with the password once', async () => {
    const ada = await signUp(server)
    const { id, password } = await makeAppPassword(ada)
    const profile = await readProfile(ada, id)
    expectStatus(profile, 200)
    assert.equal(profile.headers['content-type'], 'application/x-apple-aspen-config')
    assert.equal(profile.headers['cache-control'], 'no-store')
    const texts = [
      `<key>CardDAVUsername</key><string>${ada.email}</string>`,
      `<key>CardDAVPassword</key><string>${password}</string>`,
      '<key>CardDAVHostName</key><string>127.0.0.1</string>',
      '<key>CardDAVUseSSL</key><false />',
      '<key>PayloadType</key><string>com.apple.carddav.account</string>',
    ]
    for (const text of texts) assert.ok(profile.body.includes(text), text)
    const again = await readProfile(ada, id)
    expectStatus(again, 200)
    assert.ok(!again.body.includes('CardDAVPassword'))
  })

  it('is nobody else’s, and of no token', async () => {
    const ada = await signUp(server)
    const { id } = await makeAppPassword(ada)
    expectProblem(await readProfile(await signUp(server), id), 404, 'not_found')
    const token = await makeToken(ada)
    expectProblem(await readProfile(ada, token.id), 404, 'not_found')
  })
})
