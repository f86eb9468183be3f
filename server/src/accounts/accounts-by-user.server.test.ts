import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { cp, mkdtempDisposable, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { fetchCalendar } from '../../test/calendars.ts'
import { basic } from '../../test/dav.ts'
import { keepLog } from '../../test/log.ts'
import { expectStatus, logIn, newAccount } from '../../test/people.ts'
import { startPostgres, type TestPostgres } from '../../test/postgres.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer, type TestServer } from '../../test/server.ts'
import { openDatabase, type OpenDatabase } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { readAppPassword } from './access-keys/identity.ts'
import { hashSecret, makeSecret } from './access-keys/secret.ts'
import { createPasswords } from './passwords/password.ts'

const ourFolder = fileURLToPath(new URL('../../migrations/', import.meta.url))

/** What an account could do before its keys held its id, and still can. */
type Account = {
  id: string
  email: string
  password: string
  apiToken: string
  appPassword: string
  calendar: string
  resetToken: string
}

describe('an account of before it was found by its user', () => {
  let postgres: TestPostgres
  let server: TestServer
  let ada: Account
  let eve: Account
  before(async () => {
    postgres = await startPostgres()
    await postgres.run('create database older')
    const url = postgres.url('older')
    {
      await using database = openDatabase(url, keepLog().log)
      await migrateTo(database, '0026')
      ada = await insertAccount(database)
      eve = await insertAccount(database)
    }
    server = await startServer({ DATABASE_URL: url })
  })
  after(async () => {
    await server[Symbol.asyncDispose]()
    await postgres[Symbol.asyncDispose]()
  })

  it('is found by its address, in any case, and by no other sign-up', async () => {
    for (const { email, password } of [ada, eve]) {
      await logIn(server, { username: '', email: email.toUpperCase(), password })
      const payload = { ...newAccount(), email }
      const answer = await server.inject({ method: 'POST', url: '/api/auth/signup', payload })
      expectProblem(answer, 409, 'account_exists')
    }
  })

  it('goes on with its API token, its app password and its calendar', async () => {
    for (const { email, apiToken, appPassword, calendar } of [ada, eve]) {
      const headers = { authorization: `Bearer ${apiToken}` }
      const me = await server.inject({ method: 'GET', url: '/api/users/me', headers })
      expectStatus(me, 200)
      assert.equal(me.json().email, email)
      const holder = await holderOf(server, email, appPassword)
      assert.equal(holder?.user.email, email)
      expectStatus(await fetchCalendar(server, `/api/calendar/${calendar}.ics`), 200)
    }
    const { keyIdentities } = server.services
    assert.equal(await holderOf(server, ada.email, eve.appPassword), undefined)
    assert.equal(await keyIdentities.byToken(eve.appPassword), undefined)
  })

  it('can reset its password by a link that was mailed before, once', async () => {
    const reset = (token: string) => {
      const payload = { token, password: 'a brand new password' }
      return server.inject({ method: 'POST', url: '/api/auth/reset_password', payload })
    }
    expectProblem(await reset(randomBytes(32).toString('base64url')), 400, 'invalid_reset_token')
    expectStatus(await reset(ada.resetToken), 200)
    expectProblem(await reset(ada.resetToken), 400, 'invalid_reset_token')
    await logIn(server, { username: '', email: ada.email, password: 'a brand new password' })
    await logIn(server, { username: '', email: eve.email, password: eve.password })
  })

  it('leaves nothing by which it could be found when it is deleted', async () => {
    const person = await logIn(server, { username: '', ...eve })
    expectStatus(await person.delete('/api/users/me', { password: eve.password }), 204)
    const { rows } = await server.services.database.pool.query(
      `select user_id from user_emails where user_id = any ($1)
      union all select user_id from user_secrets where user_id = any ($1)`,
      [[eve.id]],
    )
    assert.deepEqual(rows, [])
    expectStatus(await fetchCalendar(server, `/api/calendar/${eve.calendar}.ics`), 404)
  })
})

/** Applies all migrations before one. */
async function migrateTo({ db }: OpenDatabase, first: string): Promise<void> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-migrations-'))
  await cp(ourFolder, folder.path, { recursive: true })
  const later = (await readdir(folder.path)).filter((name) => name >= first)
  for (const name of later) await rm(join(folder.path, name))
  await migrate(db, pathToFileURL(`${folder.path}/`))
}

async function insertAccount({ pool }: OpenDatabase): Promise<Account> {
  const { email, password } = newAccount()
  const id = randomUUIDv7()
  const [apiToken, appPassword] = [makeSecret('api_token'), makeSecret('app_password')]
  const [calendar, resetToken] = [newSecret(), newSecret()]
  await pool.query(
    `insert into users (id, username, email, password_hash, confirmed_at)
    values ($1, 'Ada', $2, $3, now())`,
    [id, email.replace(/^./, (letter) => letter.toUpperCase()), await hash(password)],
  )
  for (const [kind, secret] of [
    ['api_token', apiToken],
    ['app_password', appPassword],
  ] as const) {
    await pool.query(
      `insert into access_keys (user_id, id, kind, name, scope, secret_hash)
      values ($1, gen_random_uuid(), $2, '', 'read_write', $3)`,
      [id, kind, hashSecret(kind, secret)],
    )
  }
  await pool.query(`insert into calendars (user_id, secret_hash, language) values ($1, $2, 'en')`, [
    id,
    sha256(calendar),
  ])
  await pool.query(
    `insert into mailed_tokens (user_id, purpose, token_hash, email, expires_at)
    values ($1, 'reset_password', $2, $3, now() + interval '1 hour')`,
    [id, sha256(resetToken), email],
  )
  const stored = await pool.query('select email from users where id = $1', [id])
  return { id, email: stored.rows[0].email, password, apiToken, appPassword, calendar, resetToken }
}

async function holderOf({ services }: TestServer, email: string, appPassword: string) {
  const shown = readAppPassword(basic(email, appPassword))
  return shown && services.keyIdentities.byAppPassword(shown)
}

const passwords = createPasswords()
const hash = (password: string) => passwords.hash(password)
const newSecret = () => randomBytes(32).toString('base64url')

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
