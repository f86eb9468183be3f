import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import type { Client } from '../client.ts'
import { findIdentity } from '../sessions/queries.ts'
import { endSessions, refresh, type Refreshed } from '../sessions/sessions.ts'
import type { TokenClaims } from '../sessions/tokens.ts'
import type { ShownCookies } from './cookies.ts'

/**
 * Renews the session of a browser's cookies.
 * @throws AppError `unauthorized`: `session_ended` where the session is known and was ended, so that the
 * device is to forget what it keeps, else `session_expired`
 */
export async function refreshBrowser(
  services: Services,
  cookies: ShownCookies | undefined,
  client: Client,
): Promise<Refreshed> {
  const claims = cookies && services.tokens.readRefresh(cookies.refreshToken)
  if (!claims) throw expired()
  const refreshed = await refresh(services, claims, client, cookies.deviceHash)
  if (refreshed) return refreshed
  throw (await isEnded(services, claims, cookies)) ? ended() : expired()
}

/** Ends the session of a browser's cookies, or all of its user; nothing, where they are not good. */
export async function endBrowserSession(
  services: Services,
  cookies: ShownCookies | undefined,
  { all }: { all: boolean },
  client: Client,
): Promise<void> {
  const claims = cookies && services.tokens.readRefresh(cookies.refreshToken)
  if (!claims) return
  const { sub, sid } = claims
  const found = await findIdentity(services.db, sub, sid)
  if (!found || found.session.revoked_at || !isOfDevice(found.session, cookies)) return
  const ending = { as: 'logged_out', ...(!all && { only: sid }) } as const
  await endSessions(services, sub, ending, client)
}

/** A refresh cookie of another device proves nothing: a sibling domain may have set it. */
async function isEnded(
  { db }: Services,
  { sub, sid }: TokenClaims,
  cookies: ShownCookies,
): Promise<boolean> {
  const found = await findIdentity(db, sub, sid)
  // With its user, every row of a session is gone; one that is over stays for a day.
  if (!found) return true
  const { session, user } = found
  return isOfDevice(session, cookies) && (session.revoked_at !== null || user.disabled_at !== null)
}

function isOfDevice(
  { device_hash }: { device_hash: Buffer | null },
  { deviceHash }: ShownCookies,
): boolean {
  return device_hash?.equals(deviceHash) ?? false
}

function ended(): AppError {
  return new AppError('unauthorized', 'session_ended', 'The session was ended.')
}

function expired(): AppError {
  return new AppError('unauthorized', 'session_expired', 'The session is over: log in again.')
}
