import { randomUUIDv7 } from 'node:crypto'
import { inTransaction } from '../../db/database.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import type { Services } from '../../services.ts'
import { putRevokedInCache } from '../access-keys/cached-key.ts'
import { deleteAccessKeys } from '../access-keys/queries.ts'
import type { Client } from '../client.ts'
import { emailKey, normalizeEmail } from '../email-address.ts'
import {
  deleteMailedTokens,
  lockMailedToken,
  mailedTokenTtlHours,
  takeMailedToken,
} from '../mailed-tokens.ts'
import { enqueueMail } from '../mails/outbox.ts'
import { lockProven, requirePassword, wrongPassword } from '../passwords/check.ts'
import { noteSecurityEvent } from '../security-events.ts'
import { putSessionsInCache } from '../sessions/identity.ts'
import { revokeSessions } from '../sessions/queries.ts'
import type { SessionUser } from '../sessions/require-user.ts'
import { takeMailPlace } from '../sign-up.ts'
import { findUser, setEmail } from '../user-queries.ts'
import { putUserInCache } from '../users.ts'
import { deleteLaterStops, storeEmailChange, takeEmailChange } from './queries.ts'

/**
 * Notes which address a user wants; a link that is mailed there makes the change, and the address that
 * they have gets a link that stops it. The same is done for an address that has an account.
 * @throws AppError `forbidden` for a wrong password
 */
export async function requestEmailChange(
  services: Services,
  user: SessionUser,
  input: { email: string; current_password: string },
  client: Client,
): Promise<void> {
  const { db, jobs } = services
  const checked = await requirePassword(services, user, input.current_password)
  const email = normalizeEmail(input.email)
  const hasPlace = await takeMailPlace(services, email)
  const expires_at = new Date(Date.now() + mailedTokenTtlHours.change_email * 60 * 60 * 1000)
  await inTransaction(db, async (trx) => {
    if (!(await lockProven(trx, checked))) throw wrongPassword()
    const id = randomUUIDv7()
    await storeEmailChange(trx, user.id, { id, email, session_id: user.sessionId, expires_at })
    await noteSecurityEvent(trx, user.id, 'email_change_requested', client)
    const at = new Date().toISOString()
    const mail = { userId: user.id, changeId: id, at, ...client }
    await enqueueMail(jobs, trx, { kind: 'email_change_notice', ...mail })
    if (hasPlace) await enqueueMail(jobs, trx, { kind: 'change_email', ...mail })
  })
}

/**
 * Gives an account the address that a mailed token proves. All sessions end but the one that asked, and
 * every other mailed link but those that take a change back.
 * @returns whether this was the first time; undefined for a token that is wrong or too old, and for an
 *   address that has got an account meanwhile
 */
export async function confirmEmailChange(
  services: Services,
  token: string,
  client: Client,
): Promise<boolean | undefined> {
  const outcome = await unlessTaken(() =>
    inTransaction(services.db, async (trx) => {
      // Not spent, so that who opens its link again is told that all is done.
      const proof = await lockMailedToken(trx, 'change_email', token)
      if (!proof) return undefined
      const change = await takeEmailChange(trx, proof.user_id, proof.email)
      if (!change) return proof.isCurrent ? 'already' : undefined
      const row = await setEmail(trx, proof.user_id, proof.current_email, proof.email)
      const sessions = await revokeSessions(trx, row.id, { except: change.session_id })
      await deleteMailedTokens(trx, row.id, { except: 'change_email' })
      await noteSecurityEvent(trx, row.id, 'email_changed', client)
      return { row, sessions }
    }),
  )
  if (!outcome) return undefined
  if (outcome === 'already') return false
  const { row, sessions } = outcome
  await Promise.all([putUserInCache(services, row), putSessionsInCache(services, sessions)])
  return true
}

/**
 * Stops a change by the token that was mailed to the old address. A change that was made already is taken
 * back, with every session and every key for programs: whoever made it must be out. So must be the links to
 * addresses that the account got later; those of earlier ones stay.
 * @returns `stopped`, or `reverted` for a change that was made; undefined for a token that is wrong or too old
 */
export async function stopEmailChange(
  services: Services,
  token: string,
  client: Client,
): Promise<'stopped' | 'reverted' | undefined> {
  const { db, jobs } = services
  const stopped = await unlessTaken(() =>
    inTransaction(db, async (trx) => {
      const proof = await takeMailedToken(trx, 'stop_email_change', token)
      const user = proof && (await findUser(trx, proof.user_id))
      if (!proof || !user) return undefined
      await deleteMailedTokens(trx, user.id)
      await deleteLaterStops(trx, user.id, proof.expires_at)
      await noteSecurityEvent(trx, user.id, 'email_change_stopped', client)
      if (emailKey(user.email) === emailKey(proof.email)) return { reverted: undefined }
      const row = await setEmail(trx, user.id, user.email, proof.email)
      const sessions = await revokeSessions(trx, user.id)
      const keys = await deleteAccessKeys(trx, user.id)
      const at = new Date().toISOString()
      await enqueueMail(jobs, trx, {
        kind: 'email_change_reverted',
        userId: user.id,
        at,
        ...client,
      })
      return { reverted: { row, sessions, keys } }
    }),
  )
  if (!stopped) return undefined
  if (!stopped.reverted) return 'stopped'
  const { row, sessions, keys } = stopped.reverted
  await Promise.all([
    putUserInCache(services, row),
    putSessionsInCache(services, sessions),
    putRevokedInCache(services, keys),
  ])
  return 'reverted'
}

/** Undefined where the address has another account: the transaction is rolled back then. */
async function unlessTaken<Result>(change: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await change()
  } catch (error) {
    if (!isUniqueViolation(error, 'user_emails_once')) throw error
    return undefined
  }
}
