import { inTransaction } from '../../db/database.ts'
import type { UserRow } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { operator, type Client } from '../client.ts'
import { emailKey } from '../email-address.ts'
import { deleteMailedTokens, findMailedToken, takeMailedToken } from '../mailed-tokens.ts'
import { enqueueMail } from '../mails/outbox.ts'
import { noteSecurityEvent } from '../security-events.ts'
import { putSessionsInCache } from '../sessions/identity.ts'
import { clearLoginFailures } from '../sessions/login-guard.ts'
import { revokeSessions } from '../sessions/queries.ts'
import type { SessionUser } from '../sessions/require-user.ts'
import { findUserByEmail, lockUser, setPassword } from '../user-queries.ts'
import { putUserInCache } from '../users.ts'
import { lockProven, requirePassword, wrongPassword } from './check.ts'
import { refuseWeakPassword } from './password.ts'

/**
 * Sets a new password by a mailed token, once. Every session and every other mailed token of the
 * user is dead afterwards, and a mail says so.
 * @throws AppError `malformed` for a token that is used, old, foreign or unknown
 */
export async function resetPassword(
  services: Services,
  { token, password }: { token: string; password: string },
  client: Client,
): Promise<void> {
  const { db, passwords, jobs } = services
  refuseWeakPassword(password)
  // Before the costly hash: strangers get none for a made-up token.
  if (!(await findMailedToken(db, 'reset_password', token))) throw resetRefused()
  const passwordHash = await passwords.hash(password)
  const { user, sessions } = await inTransaction(db, async (trx) => {
    const proof = await takeMailedToken(trx, 'reset_password', token)
    if (!proof) throw resetRefused()
    const user = await setPassword(trx, proof.user_id, passwordHash, { confirm: true })
    const sessions = await revokeSessions(trx, user.id)
    await deleteMailedTokens(trx, user.id)
    await clearLoginFailures(trx, user.email)
    await noteSecurityEvent(trx, user.id, 'password_reset', client)
    const at = new Date().toISOString()
    await enqueueMail(jobs, trx, { kind: 'password_reset', userId: user.id, at, ...client })
    return { user, sessions }
  })
  await Promise.all([putUserInCache(services, user), putSessionsInCache(services, sessions)])
}

/**
 * Changes the password of a user who is logged in; their other sessions end, and a mail says so.
 * @throws AppError `forbidden` for a wrong current password, `invalid` for a weak new one
 */
export async function changePassword(
  services: Services,
  user: SessionUser,
  input: { current_password: string; new_password: string },
  client: Client,
): Promise<void> {
  const { db, passwords, jobs } = services
  refuseWeakPassword(input.new_password, '/new_password')
  const checked = await requirePassword(services, user, input.current_password)
  const passwordHash = await passwords.hash(input.new_password)
  const { row, sessions } = await inTransaction(db, async (trx) => {
    if (!(await lockProven(trx, checked))) throw wrongPassword()
    const row = await setPassword(trx, user.id, passwordHash)
    const sessions = await revokeSessions(trx, user.id, { except: user.sessionId })
    await deleteMailedTokens(trx, user.id)
    await noteSecurityEvent(trx, user.id, 'password_changed', client)
    const at = new Date().toISOString()
    await enqueueMail(jobs, trx, { kind: 'password_changed', userId: user.id, at, ...client })
    return { row, sessions }
  })
  await Promise.all([putUserInCache(services, row), putSessionsInCache(services, sessions)])
}

/**
 * Sets a new password for an account, as whoever runs the server may; its sessions end at once, and a
 * mail tells the owner.
 * @returns undefined when the address has no account
 * @throws AppError `invalid` for a weak password
 */
export async function setPasswordFor(
  services: Services,
  email: string,
  password: string,
): Promise<UserRow | undefined> {
  const { db, passwords, jobs } = services
  refuseWeakPassword(password)
  const found = await findUserByEmail(db, emailKey(email))
  if (!found) return undefined
  const passwordHash = await passwords.hash(password)
  const changed = await inTransaction(db, async (trx) => {
    const user = await lockUser(trx, found.id)
    if (!user) return undefined
    const row = await setPassword(trx, user.id, passwordHash)
    const sessions = await revokeSessions(trx, user.id)
    await deleteMailedTokens(trx, user.id)
    await clearLoginFailures(trx, user.email)
    await noteSecurityEvent(trx, user.id, 'password_set', operator)
    const at = new Date().toISOString()
    await enqueueMail(jobs, trx, { kind: 'password_set', userId: user.id, at, ...operator })
    return { row, sessions }
  })
  if (!changed) return undefined
  const { row, sessions } = changed
  await Promise.all([putUserInCache(services, row), putSessionsInCache(services, sessions)])
  return row
}

function resetRefused(): AppError {
  return new AppError(
    'malformed',
    'invalid_reset_token',
    'This link is not valid any more. Ask for a new one.',
  )
}
