import assert from 'node:assert/strict'
import { createHash, randomUUIDv7 } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openTestDatabase } from '../../test/database.ts'
import { inTransaction, type OpenDatabase } from '../db/database.ts'
import { findMailedToken, storeMailedToken, takeMailedToken } from './mailed-tokens.ts'
import { insertUser } from './user-queries.ts'

const email = 'ada@example.org'

describe('a mailed token', () => {
  let database: OpenDatabase
  let userId: string

  before(async () => {
    database = await openTestDatabase()
    userId = randomUUIDv7()
    await insertUser(database.db, { id: userId, username: 'Ada', email, password_hash: '-' })
  })
  after(() => database[Symbol.asyncDispose]())

  it('is 32 random bytes, of which only the SHA-256 is kept', async () => {
    const token = await storeMailedToken(database.db, userId, 'reset_password', email)

    assert.match(token, /^[\w-]{43}$/)
    const rows = await database.db.selectFrom('mailed_tokens').selectAll().execute()
    assert.equal(rows.length, 1)
    assert.deepEqual(rows[0]?.token_hash, createHash('sha256').update(token).digest())
    assert.doesNotMatch(JSON.stringify(rows), new RegExp(token))
  })

  it('is taken once, and proves whose it is and which address it was mailed to', async () => {
    const { db } = database
    const token = await storeMailedToken(db, userId, 'reset_password', email)

    const { email: proven, isConfirmed } =
      (await findMailedToken(db, 'reset_password', token)) ?? {}
    assert.deepEqual([proven, isConfirmed], [email, false])
    const proof = await takeMailedToken(db, 'reset_password', token)
    assert.deepEqual([proof?.user_id, proof?.email], [userId, email])
    assert.equal(await takeMailedToken(db, 'reset_password', token), undefined)
    assert.equal(await findMailedToken(db, 'reset_password', token), undefined)
  })

  it('is still there when the transaction that took it fails', async () => {
    const { db } = database
    const token = await storeMailedToken(db, userId, 'reset_password', email)

    const failing = inTransaction(db, async (trx) => {
      assert.ok(await takeMailedToken(trx, 'reset_password', token))
      throw new Error('the work failed')
    })
    await assert.rejects(failing, /the work failed/)
    assert.ok(await takeMailedToken(db, 'reset_password', token))
  })

  it('replaces the older one of its purpose, and leaves the other purpose alone', async () => {
    const { db } = database
    const older = await storeMailedToken(db, userId, 'reset_password', email)
    const confirmation = await storeMailedToken(db, userId, 'confirm_email', email)
    const newer = await storeMailedToken(db, userId, 'reset_password', email)

    assert.equal(await takeMailedToken(db, 'reset_password', older), undefined)
    assert.ok(await takeMailedToken(db, 'reset_password', newer))
    assert.ok(await takeMailedToken(db, 'confirm_email', confirmation))
  })

  it('that stops a change replaces only the older one to the same address', async () => {
    const { db } = database
    const store = (email: string) => storeMailedToken(db, userId, 'stop_email_change', email)
    const [older, other] = [await store(email), await store('new@example.org')]
    const newer = await store(email)

    assert.equal(await takeMailedToken(db, 'stop_email_change', older), undefined)
    assert.ok(await takeMailedToken(db, 'stop_email_change', other))
    assert.ok(await takeMailedToken(db, 'stop_email_change', newer))
  })

  it('opens nothing but what it was made for', async () => {
    const { db } = database
    const token = await storeMailedToken(db, userId, 'confirm_email', email)

    assert.equal(await findMailedToken(db, 'reset_password', token), undefined)
    assert.equal(await takeMailedToken(db, 'reset_password', token), undefined)
    assert.ok(await takeMailedToken(db, 'confirm_email', token))
  })

  it('lives for seven days to confirm an address, and for one hour to reset a password', async () => {
    const { db } = database
    for (const [purpose, hours] of [
      ['confirm_email', 168],
      ['reset_password', 1],
    ] as const) {
      // Within a transaction, now() stands still.
      const { token, left } = await db.transaction().execute(async (trx) => {
        const token = await storeMailedToken(trx, userId, purpose, email)
        const lifetime = sql<number>`extract(epoch from expires_at - now())::float8 / 3600`
        const { left } = await trx
          .selectFrom('mailed_tokens')
          .select(lifetime.as('left'))
          .where('purpose', '=', purpose)
          .executeTakeFirstOrThrow()
        return { token, left }
      })
      assert.equal(left, hours)

      await db
        .updateTable('mailed_tokens')
        .set({ expires_at: sql`now() - interval '1 second'` })
        .execute()
      assert.equal(await findMailedToken(db, purpose, token), undefined)
      assert.equal(await takeMailedToken(db, purpose, token), undefined)
    }
  })

  it('is refused without an error when it is nonsense', async () => {
    for (const token of ['', 'x', '\0', 'x'.repeat(10_000), "' or 1=1 --", '\ud800']) {
      assert.equal(await takeMailedToken(database.db, 'reset_password', token), undefined)
    }
  })
})
