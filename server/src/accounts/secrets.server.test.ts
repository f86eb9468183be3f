import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { fetchCalendar, subscribe } from '../../test/calendars.ts'
import { claimsOf } from '../../test/jwt.ts'
import { tokenIn } from '../../test/mailbox.ts'
import { expectStatus, logIn, signUp, type Call, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer({ LOG_LEVEL: 'trace' })
after(() => server[Symbol.asyncDispose]())

/** Makes the calls of an account that carry secrets. @returns those secrets */
async function liveALife(): Promise<{ ada: Person; secrets: string[] }> {
  const ada = await signUp(server)
  const { email } = ada
  const post = (url: string, payload?: object, headers = {}) =>
    server.inject({ method: 'POST', url, headers, ...(payload && { payload }) })
  const [confirmation] = await server.mailbox.all(email)
  const phone = await logIn(server, ada)
  const calendar = await subscribe(ada)
  expectStatus(await fetchCalendar(server, calendar), 200)
  await subscribe(ada)
  expectStatus(await fetchCalendar(server, calendar), 404)
  const refreshed = await post('/api/auth/refresh_token', undefined, {
    authorization: `Bearer ${phone.tokens.refresh_token}`,
  })
  const wanted = { name: 'Script', scope: 'read_write' }
  const { token: apiToken } = (await ada.post('/api/users/me/tokens', wanted)).json()
  const { password: appPassword } = (await ada.post('/api/users/me/app-passwords', wanted)).json()
  expectStatus(await ada.get('/api/contacts', { authorization: `Bearer ${apiToken}` }), 200)
  const basic = Buffer.from(`${email}:${appPassword}`).toString('base64')
  expectStatus(await ada.get('/api/contacts', { authorization: `Basic ${basic}` }), 403)
  const second = 'the second password'
  const change = { current_password: ada.password, new_password: second }
  expectStatus(await ada.post('/api/auth/change_password', change), 200)
  await post('/api/auth/login', { email, password: 'a wrong password' })
  await post('/api/auth/forgot_password', { email })
  const token = tokenIn(await server.mailbox.next({ to: email, subject: /^Set a new/ }))
  await post('/api/auth/reset_password', { token, password: 'short' })
  const third = 'the third password'
  expectStatus(await post('/api/auth/reset_password', { token, password: third }), 200)
  await post('/api/auth/forgot_password', { email })
  const unused = tokenIn(await server.mailbox.next({ to: email, subject: /^Set a new/ }))
  const again = await logIn(server, { ...ada, password: third })
  const wish = { email: `new.${email}`, current_password: third }
  expectStatus(await again.post('/api/users/me/email', wish), 202)
  const changing = tokenIn(await server.mailbox.next({ to: wish.email }))
  const keeping = tokenIn(await server.mailbox.next({ to: email, subject: /is to get another/ }))
  const page = (path: string) => server.inject({ method: 'GET', url: path })
  expectStatus(await page(`/confirm/${changing}`), 200)
  expectStatus(await page(`/keep-email/${keeping}`), 200)
  await server.jobsDone()
  const tokens = [ada.tokens, phone.tokens, again.tokens, refreshed.json()].flatMap((pair) => [
    pair.access_token,
    pair.refresh_token,
  ])
  const passwords = [ada.password, second, third, 'a wrong password']
  const mailed = [confirmation ? tokenIn(confirmation) : '', token, unused, changing, keeping]
  // Only the signature of a JWT is a secret.
  const signatures = tokens.map((jwt) => jwt.split('.')[2])
  const keys = [apiToken, appPassword, appPassword.replaceAll('-', ''), basic]
  const address = /calendar\/(.*)\.ics/.exec(calendar)?.[1] ?? ''
  return { ada, secrets: [...passwords, ...mailed, ...signatures, ...keys, address] }
}

/** All rows of all tables, the job queue included. */
async function dump(): Promise<string> {
  const { pool } = server.services.database
  const { rows: tables } = await pool.query(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
     from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  )
  const contents = []
  for (const { name } of tables) {
    const { rows } = await pool.query(`select row_to_json(one) from ${name} as one`)
    contents.push(JSON.stringify(rows))
  }
  return contents.join('\n')
}

describe('a secret', () => {
  it('is in no table, and in no line of the log', async () => {
    const { ada, secrets } = await liveALife()
    const places = { database: await dump(), log: server.logged.join('\n') }

    assert.ok(places.database.includes(ada.email))
    assert.ok(places.log.includes('/api/auth/reset_password'))
    for (const [place, content] of Object.entries(places)) {
      for (const secret of secrets) {
        assert.ok(secret.length > 8)
        const spellings = [secret, Buffer.from(secret).toString('hex')]
        if (/^[\w-]{43}$/.test(secret))
          spellings.push(Buffer.from(secret, 'base64url').toString('hex'))
        for (const spelling of spellings) {
          assert.ok(!content.includes(spelling), `${spelling} is in the ${place}`)
        }
      }
    }
    assert.doesNotMatch(places.log, /argon2/)
  })

  it('is in no answer that shows a user, nor is a trace of the address elsewhere', async () => {
    const ada = await signUp(server)
    const { sub } = claimsOf(ada.tokens.access_token)
    const answers = [
      await ada.get('/api/users/me'),
      await ada.patch('/api/users/me', { username: 'Countess' }),
    ]
    for (const answer of answers) {
      expectStatus(answer, 200)
      const names = Object.keys(answer.json()).sort()
      assert.deepEqual(names, ['avatar', 'created_at', 'email', 'id', 'username'])
      assert.equal(answer.json().id, sub)
      assert.doesNotMatch(JSON.stringify(answer.headers), new RegExp(ada.email))
    }
    assert.match(
      String(sub),
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })
})

describe('the log', () => {
  it('stays one line of JSON for each request, whatever is in it', async () => {
    const { email, tokens } = await signUp(server)
    const evil = '\u001b[31mred\u001b[0m %0d%0a{"level":60,"msg":"fake"}'
    const calls: Call[] = [
      { method: 'GET', url: '/%0d%0a{"msg":"fake"}%1b[31m', headers: { 'user-agent': evil } },
      { method: 'GET', url: `/api/auth/confirmed_email/${encodeURIComponent(evil)}` },
      {
        method: 'POST',
        url: '/api/auth/login',
        payload: { email: `${evil}\r\n`, password: evil },
        headers: { 'user-agent': evil, 'x-request-id': evil, referer: evil },
      },
      { method: 'GET', url: '/api/users/me', headers: { authorization: `Bearer ${evil}` } },
    ]
    const before = server.logged.length
    for (const call of calls) await server.inject(call)
    const lines = server.logged.slice(before)

    assert.ok(lines.length >= calls.length)
    for (const line of lines) {
      assert.equal(line.trimEnd().split('\n').length, 1)
      assert.ok(!line.includes('\u001b'))
      assert.notEqual(JSON.parse(line).msg, 'fake')
    }
    const all = server.logged.join('')
    assert.ok(!all.includes(email) && !all.includes(tokens.access_token))
  })
})
