import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { UserRow } from '../db/tables.ts'

const changed = { updated_at: sql<Date>`now()`, version: sql<number>`version + 1` }

export type NewUser = Pick<UserRow, 'id' | 'username' | 'email' | 'password_hash'> &
  Partial<Pick<UserRow, 'confirmed_at' | 'accepted_languages'>>

/** Rejects with a violation of `users_email_once` when the address has an account. */
export function insertUser(db: Database, user: NewUser) {
  return db.insertInto('users').values(user).returningAll().executeTakeFirstOrThrow()
}

/** A page of all accounts, oldest first: those behind the id. */
export function listAccounts(db: Database, after: string | null, limit: number) {
  return db
    .selectFrom('users')
    .select(['id', 'username', 'email', 'created_at', 'confirmed_at', 'disabled_at'])
    .select((users) =>
      users
        .selectFrom('sessions')
        .select((sessions) => sessions.fn.max('last_seen_at').as('last_seen_at'))
        .whereRef('sessions.user_id', '=', 'users.id')
        .as('last_seen_at'),
    )
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute()
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

/** @param key the address as `emailKey` makes it */
export function findUserByEmail(db: Database, key: string) {
  return db
    .selectFrom('users')
    .selectAll()
    .where(sql<string>`lower(email collate "C")`, '=', key)
    .executeTakeFirst()
}

export function setUsername(db: Database, id: string, username: string) {
  return db
    .updateTable('users')
    .set({ username, ...changed })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

/** Rejects with a violation of `users_email_once` when the address has another account. */
export function setEmail(trx: Database, id: string, email: string) {
  return trx
    .updateTable('users')
    .set({ email, ...changed })
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

/** Deletes a user with all that belongs to them. To be called in a transaction. */
export async function deleteUser(trx: Database, id: string): Promise<void> {
  await trx.deleteFrom('users').where('id', '=', id).execute()
  // These have no foreign key. Whoever was writing some is through by now: they hold the row of their
  // book, which went with the user.
  await sql`delete from duplicate_keys where owner_id = ${id}`.execute(trx)
}
