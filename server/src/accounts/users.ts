import { putGoneInCache } from './sessions/identity.ts'
import { lockProven, requirePassword, wrongPassword } from './passwords/check.ts'
import { revokeSessions } from './queries.ts'
import { askIn, inTransaction } from '../db/database.ts'
import type { UserRow } from '../db/tables.ts'
import { AppError } from '../errors.ts'
import { enqueueMail } from './mails/outbox.ts'
import type { Services } from '../services.ts'
import { userEntry, type CachedUser } from './cached-user.ts'
import { deleteUser, findUserByEmail, setDisabled, setUsername } from './user-queries.ts'
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
  const { db, jobs } = services
  const checked = await requirePassword(services, user, password)
  const { row, sessions } = await inTransaction(db, async (trx) => {
    const row = await lockProven(trx, checked)
    if (!row) throw wrongPassword()
    const { id, avatar_key: key, email, username } = row
    const sessions = await revokeSessions(trx, id)
    await deleteUser(trx, id)
    if (key) await jobs.send(askIn(trx), 'remove-avatar', { key })
    const at = new Date().toISOString()
    await enqueueMail(jobs, trx, { kind: 'account_deleted', email, username, at })
    return { row, sessions }
  })
  await putGoneInCache(services, row, sessions)
}

/**
 * Shuts an account out, or lets it in again. Takes effect with its next request.
 * @returns undefined when the address has no account
 */
export async function setAccountDisabled(
  services: Services,
  emailKey: string,
  isDisabled: boolean,
) {
  const found = await findUserByEmail(services.db, emailKey)
  const row = found && (await setDisabled(services.db, found.id, isDisabled))
  if (row) await putUserInCache(services, row)
  return row
}
