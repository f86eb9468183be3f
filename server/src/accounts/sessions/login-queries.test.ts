import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { openTestDatabase } from '../../../test/database.ts'
import type { OpenDatabase } from '../../db/database.ts'
import { setDisabled, setPassword, insertUser } from '../user-queries.ts'
import { countPasswordAttempt, failureKeys } from './login-guard.ts'
import { findCredentials, startSession, type ProvenLogin } from './login-queries.ts'
import { touchSession, touchSessions, type SessionUse } from './queries.ts'

const client = { ip: '192.0.2.1', userAgent: 'Test/1' }

describe('a login, in one statement and in steps', () => {
  let database: OpenDatabase
  before(async () => {
    database = await openTestDatabase()
  })
  after(() => database[Symbol.asyncDispose]())

  const ways = () => [false, true].map((is) => ({ ...database, isDistributed: async () => is }))

  /** A new user, with a wrong password typed before the right one. */
  async function newLogin(): Promise<{ email: string; login: ProvenLogin }> {
    const id = randomUUIDv7()
    const email = `${id}@example.org`
    await insertUser(database.db, { id, username: 'Ada', email, password_hash: 'right' })
    await countPasswordAttempt(database.db, email, 'login')
    const user = await findCredentials(database, email)
    assert.ok(user)
    const expiresAt = new Date('2030-01-01T00:00:00Z')
    const deviceHash = Buffer.alloc(32, 7)
    const failures = failureKeys(email)
    return { email, login: { user, client, failures, expiresAt, deviceHash } }
  }

  /** All that is written of a login but its ids, those of the user's, and times of now. */
  async function rowsOf({ user, failures }: ProvenLogin) {
    const { rows } = await database.pool.query(
      `select (
        select json_agg(to_jsonb(s) - '{user_id,id,rotated_at,created_at,last_seen_at}'::text[])
        from sessions s where user_id = $1
      ) as sessions, (
        select json_agg(to_jsonb(e) - '{user_id,id,at}'::text[]) from security_events e
        where user_id = $1
      ) as events,
      (select count(*) from login_failures where email_hash = any ($2)) as failures`,
      [user.id, failures],
    )
    return rows[0]
  }

  it('finds the same user by an address, and nobody by another one', async () => {
    const { email, login } = await newLogin()
    for (const way of ways()) {
      assert.deepEqual(await findCredentials(way, email), login.user)
      assert.equal(await findCredentials(way, `other.${email}`), undefined)
    }
  })

  it('leaves the same rows', async () => {
    const written = []
    for (const way of ways()) {
      const { login } = await newLogin()
      const started = await startSession(way, login)
      assert.equal(started?.user_id, login.user.id)
      assert.equal(started.gen, 1)
      written.push(await rowsOf(login))
    }
    assert.equal(written[0].sessions.length, 1)
    assert.equal(written[0].events.length, 1)
    assert.equal(written[0].failures, 0)
    assert.deepEqual(written[1], written[0])
  })

  it('writes nothing when the password is another one by now, or the user shut out', async () => {
    for (const way of ways()) {
      const changed = await newLogin()
      await setPassword(database.db, changed.login.user.id, 'another')
      const disabled = await newLogin()
      await setDisabled(database.db, disabled.login.user.id, true)
      for (const { login } of [changed, disabled]) {
        assert.equal(await startSession(way, login), undefined)
        const nothing = { sessions: null, events: null, failures: 1 }
        assert.deepEqual(await rowsOf(login), nothing)
      }
    }
  })

  it('notes later uses of its session alike, and none that is older', async () => {
    const at = new Date('2029-01-01T00:00:00Z')
    for (const touch of [
      (use: SessionUse) => touchSession(database.write, use),
      (use: SessionUse) => touchSessions(database.write, [use]),
    ]) {
      const { login } = await newLogin()
      const { user_id: userId = '', id = '' } = (await startSession(database, login)) ?? {}
      await touch({ userId, id, at })
      await touch({ userId, id, at: new Date(at.getTime() - 1) })
      const { rows } = await database.pool.query(
        'select last_seen_at from sessions where user_id = $1',
        [userId],
      )
      assert.deepEqual(rows, [{ last_seen_at: at }])
    }
  })
})
