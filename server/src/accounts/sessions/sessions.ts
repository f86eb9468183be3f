import { inTransaction } from '../../db/database.ts'
import type { SessionRow } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { putRevokedInCache } from '../access-keys/cached-key.ts'
import { deleteAccessKeys } from '../access-keys/queries.ts'
import { userEntry, type CachedUser } from '../cached-user.ts'
import type { Client } from '../client.ts'
import { emailKey } from '../email-address.ts'
import { enqueueMail } from '../mails/outbox.ts'
import { noteSecurityEvent } from '../security-events.ts'
import { nobodysId } from '../user-emails.ts'
import { lockUser } from '../user-queries.ts'
import { putSessionsInCache } from './identity.ts'
import { clearLoginFailures, countPasswordAttempt, doorOf, failureKeys } from './login-guard.ts'
import { findCredentials, isDeviceOf, startSession } from './login-queries.ts'
import { findIdentity, revokeSessions, rotateSession } from './queries.ts'
import { sessionTtlSeconds, type TokenClaims } from './tokens.ts'

export type TokenPair = ReturnType<Services['tokens']['issuePair']>

/**
 * Starts a session for who knows the password.
 * @throws AppError `unauthorized`, the same for a wrong password and an unknown address, in the
 * same time; another one for an unconfirmed address, but only with its right password
 */
export async function logIn(
  services: Services,
  given: { email: string; password: string },
  client: Client,
): Promise<TokenPair> {
  return pairFor(services, await startProven(services, given, client, {}))
}

/** What a page needs of its session: the tokens, whose it is, and when it ends at the latest. */
export type Refreshed = { pair: TokenPair; user: CachedUser; endsAt: Date }

/** Hashes of cookies that mark a browser. */
export type Devices = {
  /** The one beside which alone the refresh token of the new session is good. */
  next: Buffer
  /** The one that the browser has. If it is known to the account, its failures are counted apart. */
  shown: Buffer | undefined
}

/** The same in a browser. */
export async function logInWithUser(
  services: Services,
  given: { email: string; password: string },
  client: Client,
  devices: Devices,
): Promise<Refreshed> {
  const session = await startProven(services, given, client, devices)
  const found = await findIdentity(services.db, session.user_id, session.id)
  if (!found) throw invalidLogin()
  const user = userEntry(found.user).value
  return { pair: pairFor(services, session), user, endsAt: session.expires_at }
}

async function startProven(
  services: Services,
  { email, password }: { email: string; password: string },
  client: Client,
  { next, shown }: Partial<Devices>,
): Promise<Paired> {
  const { db, database, config, passwords } = services
  const user = await findCredentials(database, emailKey(email))
  const isKnown = shown !== undefined && (await isDeviceOf(db, user?.id ?? nobodysId, shown))
  const known = isKnown ? shown : undefined
  if (config.limits.enabled) await countPasswordAttempt(db, email, doorOf(known))
  const isRight = await passwords.verify(user?.password_hash, password)
  if (!user || !isRight || user.disabled_at) throw invalidLogin()
  if (!user.confirmed_at) {
    await clearLoginFailures(db, email)
    throw new AppError('unauthorized', 'email_not_confirmed', 'Email not confirmed')
  }
  const expiresAt = new Date(Date.now() + sessionTtlSeconds * 1000)
  const failures = failureKeys(email, known)
  const login = { user, client, failures, expiresAt, deviceHash: next ?? null }
  const session = await startSession(database, login)
  // Checking took long enough for a reset to happen meanwhile.
  if (!session) throw invalidLogin()
  return { ...session, expires_at: expiresAt }
}

/**
 * Exchanges a refresh token for a new pair. One that was replaced long ago is in the wrong hands:
 * its session ends, and its owner is told.
 * @param deviceHash of the browser that shows the token as a cookie; null elsewhere
 * @returns undefined when the token is not to be honoured
 */
export async function refresh(
  services: Services,
  claims: TokenClaims,
  client: Client,
  deviceHash: Buffer | null,
): Promise<Refreshed | undefined> {
  const { sub, sid } = claims
  const { rotated, repeated, isReused } = await rotateSession(
    services.db,
    sub,
    sid,
    claims.gen,
    deviceHash,
  )
  if (isReused) await endSessions(services, sub, { only: sid, as: 'session_stolen' }, client)
  const gen = rotated ?? repeated
  const identity = gen === null ? undefined : await findIdentity(services.db, sub, sid)
  if (!identity || identity.user.disabled_at || gen === null) return undefined
  const { session, user } = identity
  const pair = pairFor(services, { ...session, gen })
  return { pair, user: userEntry(user).value, endsAt: session.expires_at }
}

type Ending = { only?: string; as: 'logged_out' | 'session_ended' | 'session_stolen' }

/**
 * Ends one session of a user, or all of them with every key for programs, at once; of a stolen one the
 * owner is told.
 * @returns how many sessions were alive
 */
export async function endSessions(
  services: Services,
  userId: string,
  { as, ...which }: Ending,
  client: Client,
): Promise<number> {
  const { rows, keys } = await inTransaction(services.db, async (trx) => {
    await lockUser(trx, userId)
    const keys = which.only === undefined ? await deleteAccessKeys(trx, userId) : []
    const rows = await revokeSessions(trx, userId, which)
    if (rows.length === 0) return { rows, keys }
    await noteSecurityEvent(trx, userId, as, client)
    if (as === 'session_stolen') {
      const at = new Date().toISOString()
      await enqueueMail(services.jobs, trx, { kind: as, userId, at, ...client })
    }
    return { rows, keys }
  })
  await Promise.all([putSessionsInCache(services, rows), putRevokedInCache(services, keys)])
  return rows.length
}

type Paired = Pick<SessionRow, 'user_id' | 'id' | 'gen' | 'expires_at'>

function pairFor({ tokens }: Services, { user_id, id, gen, expires_at }: Paired): TokenPair {
  return tokens.issuePair({ sub: user_id, sid: id, gen }, expires_at)
}

function invalidLogin(): AppError {
  return new AppError('unauthorized', 'invalid_login', 'Invalid email or password')
}
