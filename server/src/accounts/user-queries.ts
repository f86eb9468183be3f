import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { UserRow } from '../db/tables.ts'
import { emailKey } from './email-address.ts'
import { findUserId, freeEmail, takeEmail } from './user-emails.ts'
import { forgetUserSecrets } from './user-secrets.ts'

const changed = { updated_at: sql<Date>`now()`, version: sql<number>`version + 1` }

export type NewUser = Pick<UserRow, 'id' | 'username' | 'email' | 'password_hash'> &
  Partial<Pick<UserRow, 'confirmed_at' | 'accepted_languages'>>

/**
 * Makes a user. To be called in a transaction. Rejects with a violation of `user_emails_once` when the
 * address has an account.
 */
export async function insertUser(trx: Database, user: NewUser): Promise<UserRow> {
  await takeEmail(trx, user.id, emailKey(user.email))
  return trx.insertInto('users').values(user).returningAll().executeTakeFirstOrThrow()
}

/** A page of all accounts, oldest first: those behind the id. */
export async function listAccounts(db: Database, after: string | null, limit: number) {
  const users = await db
    .selectFrom('users')
    .select(['id', 'username', 'email', 'created_at', 'confirmed_at', 'disabled_at'])
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute()
  const lastSeen = await findLastSeen(
    db,
    users.map(({ id }) => id),
  )
  return users.map((user) => ({ ...user, last_seen_at: lastSeen.get(user.id) ?? null }))
}

/** When users were last seen in any of their sessions, by their ids. */
async function findLastSeen(db: Database, userIds: readonly string[]) {
  const rows = await db
    .selectFrom('sessions')
    .select(['user_id', ({ fn }) => fn.max('last_seen_at').as('at')])
    .where('user_id', '=', sql<string>`any (${userIds}::uuid[])`)
    .groupBy('user_id')
    .execute()
  return new Map(rows.map(({ user_id, at }) => [user_id, at]))
}

export function findUser(db: Database, id: string) {
  return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
}

/**
 * Reads a user and keeps others from changing or locking them until the transaction ends. Every
 * transaction that writes several of a user's rows begins with this: so none waits in a circle, and
 * none acts on a password that another has just replaced.
 */
export function lockUser(trx: Database, id: string) {
  return trx
    .selectFrom('users')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/**
 * The user with an address: as many statements are asked for one without an account.
 * @param key the address as `emailKey` makes it
 */
export async function findUserByEmail(db: Database, key: string): Promise<UserRow | undefined> {
  return findUser(db, await findUserId(db, key))
}

export function setUsername(db: Database, id: string, username: string) {
  return db
    .updateTable('users')
    .set({ username, ...changed })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

/**
 * Gives a user who is locked another address. Rejects with a violation of `user_emails_once` when that has
 * another account.
 * @param before the address that they have
 */
export async function setEmail(
  trx: Database,
  id: string,
  before: string,
  email: string,
): Promise<UserRow> {
  const [keyBefore, key] = [emailKey(before), emailKey(email)]
  if (key !== keyBefore) {
    await takeEmail(trx, id, key)
    await freeEmail(trx, id, keyBefore)
  }
  return trx
    .updateTable('users')
    .set({ email, ...changed })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Confirms the address of a user. @returns undefined for one who has done so before */
export function setConfirmed(db: Database, id: string) {
  return db
    .updateTable('users')
    .set({ confirmed_at: sql`now()`, ...changed })
    .where('id', '=', id)
    .where('confirmed_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

/** Sets a password by a mailed proof; who reads the mail also owns the address. */
export function setPassword(
  db: Database,
  id: string,
  passwordHash: string,
  { confirm = false } = {},
) {
  return db
    .updateTable('users')
    .set({
      password_hash: passwordHash,
      password_changed_at: sql`now()`,
      ...changed,
      // The first time stays; `least` passes over null.
      ...(confirm && { confirmed_at: sql`least(confirmed_at, now())` }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function setDisabled(db: Database, id: string, isDisabled: boolean) {
  return db
    .updateTable('users')
    .set({ disabled_at: isDisabled ? sql`now()` : null, ...changed })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

/** Sets or clears the avatar and tells which picture nobody shows any more. */
export async function setUserAvatar(
  trx: Database,
  id: string,
  avatar: { key: string; url: string } | null,
) {
  const before = await trx
    .selectFrom('users')
    .select('avatar_key')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return undefined
  const user = await trx
    .updateTable('users')
    .set({ avatar_key: avatar?.key ?? null, avatar_url: avatar?.url ?? null, ...changed })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return { user, previousKey: before.avatar_key }
}

/** Deletes a user, whom the caller has locked, with all that belongs to them. To be called in a transaction. */
export async function deleteUser(trx: Database, { id, email }: UserRow): Promise<void> {
  await forgetUserSecrets(trx, await secretsOf(trx, id))
  await freeEmail(trx, id, emailKey(email))
  await trx.deleteFrom('users').where('id', '=', id).execute()
  // These have no foreign key. Whoever was writing some is through by now: they hold the row of their
  // book, which went with the user.
  await sql`delete from duplicate_keys where owner_id = ${id}`.execute(trx)
}

async function secretsOf(trx: Database, id: string): Promise<Buffer[]> {
  const { rows } = await sql<{ hash: Buffer }>`
    select secret_hash as hash from access_keys where user_id = ${id} and kind = 'api_token'
    union all select secret_hash from calendars where user_id = ${id}
    union all select token_hash from mailed_tokens where user_id = ${id}`.execute(trx)
  return rows.map(({ hash }) => hash)
}
