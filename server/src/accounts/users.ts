import { askIn, inTransaction, type Database } from '../db/database.ts'
import type { UserRow } from '../db/tables.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { userEntry, type CachedUser } from './cached-user.ts'
import { emailKey } from './email-address.ts'
import { enqueueMail } from './mails/outbox.ts'
import { lockProven, requirePassword, wrongPassword } from './passwords/check.ts'
import { putGoneInCache } from './sessions/identity.ts'
import { revokeSessions } from './sessions/queries.ts'
import { deleteUser, findUserByEmail, lockUser, setDisabled, setUsername } from './user-queries.ts'
import type { User } from './user-schema.ts'

/** Tells the cache how a user is now. Call after the commit. */
export function putUserInCache({ cache }: Pick<Services, 'cache'>, row: UserRow): Promise<void> {
  return cache.put([userEntry(row)])
}

/** A user as callers see it; the avatar's URL absolute. */
export function toUser(user: UserRow | CachedUser, publicUrl: URL): User {
  const cached = 'password_hash' in user ? userEntry(user).value : user
  const { id, username, email, createdAt, avatarUrl } = cached
  const avatar = avatarUrl === null ? null : new URL(avatarUrl, publicUrl).href
  return { id, username, email, created_at: createdAt, avatar }
}

/** @throws AppError `not_found` when the account was deleted meanwhile */
export async function renameUser(
  services: Services,
  id: string,
  username: string,
): Promise<UserRow> {
  const row = await setUsername(services.db, id, username.trim())
  if (!row) throw new AppError('not_found', 'not_found', 'There is no such account.')
  await putUserInCache(services, row)
  return row
}

/**
 * Deletes an account with everything in it; the address is free again.
 * @throws AppError `forbidden` for a wrong password
 */
export async function deleteAccount(
  services: Services,
  user: CachedUser,
  password: string,
): Promise<void> {
  const checked = await requirePassword(services, user, password)
  const deleted = await deleteLocked(services, (trx) => lockProven(trx, checked))
  if (!deleted) throw wrongPassword()
}

/**
 * The same without its password, as whoever runs the server may.
 * @returns undefined when the address has no account
 */
export async function deleteAccountOf(
  services: Services,
  email: string,
): Promise<UserRow | undefined> {
  const found = await findUserByEmail(services.db, emailKey(email))
  return found && deleteLocked(services, (trx) => lockUser(trx, found.id))
}

/** @param lock reads and locks the user; undefined when there is nothing to delete */
async function deleteLocked(
  services: Services,
  lock: (trx: Database) => Promise<UserRow | undefined>,
): Promise<UserRow | undefined> {
  const { db, jobs } = services
  const deleted = await inTransaction(db, async (trx) => {
    const row = await lock(trx)
    if (!row) return undefined
    const { id, avatar_key: key, email, username } = row
    const sessions = await revokeSessions(trx, id)
    await deleteUser(trx, row)
    if (key) await jobs.send(askIn(trx), 'remove-avatar', { key })
    const at = new Date().toISOString()
    await enqueueMail(jobs, trx, { kind: 'account_deleted', email, username, at })
    return { row, sessions }
  })
  if (deleted) await putGoneInCache(services, deleted.row, deleted.sessions)
  return deleted?.row
}

/**
 * Shuts an account out, or lets it in again. Takes effect with its next request.
 * @returns undefined when the address has no account
 */
export async function setAccountDisabled(services: Services, email: string, isDisabled: boolean) {
  const found = await findUserByEmail(services.db, emailKey(email))
  const row = found && (await setDisabled(services.db, found.id, isDisabled))
  if (row) await putUserInCache(services, row)
  return row
}
