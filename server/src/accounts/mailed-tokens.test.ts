import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openTestDatabase } from '../../test/database.ts'
import { inTransaction, type OpenDatabase } from '../db/database.ts'
import { findMailedToken, storeMailedToken, takeMailedToken } from './mailed-tokens.ts'
import { insertUser } from './user-queries.ts'
import { keepUserSecret } from './user-secrets.ts'

const email = 'ada@example.org'

/** The user's id, and what nobody can guess. */
function partsOf(token: string): [Buffer, Buffer] {
  const bytes = Buffer.from(token, 'base64url')
  return [bytes.subarray(0, 16), bytes.subarray(16)]
}

describe('a mailed token', () => {
  let database: OpenDatabase
  let userId: string

  before(async () => {
    database = await openTestDatabase()
    userId = randomUUIDv7()
    await insertUser(database.db, { id: userId, username: 'Ada', email, password_hash: '-' })
  })
  after(() => database[Symbol.asyncDispose]())

  /** Keeps a token of the user, to reset the password, whatever it is made of. */
  async function keep(token: string) {
    await database.db
      .insertInto('mailed_tokens')
      .values({
        user_id: userId,
        purpose: 'reset_password',
        token_hash: createHash('sha256').update(token).digest(),
        email,
        expires_at: new Date(Date.now() + 60_000),
      })
      .execute()
  }

  it('is the id of its user and 16 random bytes, of which only the SHA-256 is kept', async () => {
    const token = await storeMailedToken(database.db, userId, 'reset_password', email)

    assert.match(token, /^[\w-]{43}$/)
    const [id, random] = partsOf(token)
    assert.equal(id.toString('hex'), userId.replaceAll('-', ''))
    const next = await storeMailedToken(database.db, userId, 'reset_password', email)
    assert.notDeepEqual(partsOf(next)[1], random)
    await database.db.deleteFrom('mailed_tokens').execute()
    await keep(token)
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

  it('is no other one with the id of another user, or cut off and filled up', async () => {
    const { db } = database
    const otherId = randomUUIDv7()
    const other = { id: otherId, username: 'Eve', email: 'eve@example.org', password_hash: '-' }
    await insertUser(db, other)
    const token = await storeMailedToken(db, userId, 'reset_password', email)
    const others = await storeMailedToken(db, otherId, 'reset_password', other.email)
    const [[id, random], [wrongId, wrongRandom]] = [partsOf(token), partsOf(others)]
    const forged = [
      [wrongId, random],
      [id, wrongRandom],
      [id, Buffer.alloc(16)],
      [id, random.subarray(0, 15), Buffer.alloc(1, (random[15] ?? 0) ^ 1)],
      [Buffer.alloc(16), random],
      [id, random.subarray(0, 15)],
      [random],
    ]
    for (const parts of forged) {
      const text = Buffer.concat(parts).toString('base64url')
      assert.equal(await findMailedToken(db, 'reset_password', text), undefined)
      assert.equal(await takeMailedToken(db, 'reset_password', text), undefined)
    }
    // The last character of 43 has two bits that say nothing.
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const twin = token.slice(0, -1) + last[last.indexOf(token.slice(-1)) ^ 1]
    assert.deepEqual(partsOf(twin), partsOf(token))
    assert.equal(await takeMailedToken(db, 'reset_password', twin), undefined)
    assert.equal((await takeMailedToken(db, 'reset_password', token))?.user_id, userId)
  })

  it('of 32 random bytes, as it was mailed before, works once and until its end', async () => {
    const { db } = database
    const token = randomBytes(32).toString('base64url')
    await keep(token)
    const hash = createHash('sha256').update(token).digest()
    assert.equal(await findMailedToken(db, 'reset_password', token), undefined)
    const expires_at = new Date(Date.now() + 60_000)
    await keepUserSecret(db, { secret_hash: hash, user_id: userId, expires_at })

    assert.equal(await takeMailedToken(db, 'confirm_email', token), undefined)
    assert.equal((await findMailedToken(db, 'reset_password', token))?.user_id, userId)
    assert.equal((await takeMailedToken(db, 'reset_password', token))?.user_id, userId)
    assert.equal(await takeMailedToken(db, 'reset_password', token), undefined)
  })

  it('is refused without an error when it is nonsense', async () => {
    for (const token of ['', 'x', '\0', 'x'.repeat(10_000), "' or 1=1 --", '\ud800']) {
      assert.equal(await takeMailedToken(database.db, 'reset_password', token), undefined)
    }
  })
})
