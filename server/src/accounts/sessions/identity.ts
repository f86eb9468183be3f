import type { CacheEntry } from '../../cache/cache.ts'
import type { SessionRow, UserRow } from '../../db/tables.ts'
import type { Services } from '../../services.ts'
import { userEntry, goneEntry, isCachedUser, type CachedUser } from '../cached-user.ts'
import { confirmGeneration, findIdentity } from './queries.ts'
import type { TokenClaims } from './tokens.ts'

/** `expiresAt` in ms since 1970. */
type CachedSession = { userId: string; confirmedGen: number; expiresAt: number; revoked: boolean }

type Identified = CachedUser | undefined
type Parts = Pick<Services, 'db' | 'cache'>

/**
 * The user whom an access token names, if the token's session is alive and the account enabled: at
 * once where both are held in this process, else from the cache in one round trip, else from SQL in
 * one. Revocation works at once, since every change of a user or session reaches the cache after
 * its commit.
 */
export function identify(parts: Parts, claims: TokenClaims): Identified | Promise<Identified> {
  const cached = parts.cache.get(keysOf(claims))
  if (cached instanceof Promise) return cached.then((values) => identifyIn(values, parts, claims))
  return identifyIn(cached, parts, claims)
}

// The claims of a token that is shown again and again are the same object, and so the keys are the
// same strings: a new string for each request would have to be hashed for each.
const keys = new WeakMap<TokenClaims, string[]>()

function keysOf(claims: TokenClaims): string[] {
  const known = keys.get(claims) ?? [`user:${claims.sub}`, `session:${claims.sid}`]
  if (!keys.has(claims)) keys.set(claims, known)
  return known
}

/** Whether a session goes on, for an answer that lasts longer than its access token. */
export async function isSessionAlive(
  parts: Parts,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<boolean> {
  // Of no generation, and so none that this would confirm.
  const user = await identify(parts, { sub: userId, sid: sessionId, gen: 0 })
  return user !== undefined
}

function identifyIn([user, session]: unknown[], parts: Parts, claims: TokenClaims) {
  return isCachedUser(user) && user.id === claims.sub && isCachedSession(session)
    ? admit(user, session, parts, claims)
    : lookUp(parts, claims)
}

async function lookUp(parts: Parts, claims: TokenClaims): Promise<Identified> {
  const rows = await findIdentity(parts.db, claims.sub, claims.sid)
  if (!rows) return undefined
  const entries = [userEntry(rows.user), sessionEntry(rows.session)] as const
  await parts.cache.put([...entries])
  return admit(entries[0].value, entries[1].value, parts, claims)
}

function admit(user: CachedUser, session: CachedSession, parts: Parts, claims: TokenClaims) {
  if (user.gone || user.disabled || session.userId !== claims.sub) return undefined
  if (session.revoked || session.expiresAt <= Date.now()) return undefined
  return claims.gen > session.confirmedGen ? confirm(user, parts, claims) : user
}

/** The first request with a generation of the session's tokens ends the ones before it. */
async function confirm(user: CachedUser, { db, cache }: Parts, claims: TokenClaims) {
  const confirmed = await confirmGeneration(db, claims.sub, claims.sid, claims.gen)
  if (confirmed) await cache.put([sessionEntry(confirmed)])
  return user
}

/** Tells the cache how sessions are now. Call after the commit. */
export function putSessionsInCache(
  { cache }: Pick<Services, 'cache'>,
  rows: SessionRow[],
): Promise<void> {
  return rows.length === 0 ? Promise.resolve() : cache.put(rows.map(sessionEntry))
}

/** Tells the cache that a user and all their sessions are gone. Call after the commit. */
export function putGoneInCache(
  { cache }: Pick<Services, 'cache'>,
  user: UserRow,
  sessions: SessionRow[],
) {
  return cache.put([
    goneEntry(user),
    ...sessions.map((row) => sessionEntry({ ...row, revoked_at: new Date() })),
  ])
}

function sessionEntry(row: SessionRow): CacheEntry & { value: CachedSession } {
  return {
    key: `session:${row.id}`,
    version: row.version,
    value: {
      userId: row.user_id,
      confirmedGen: row.confirmed_gen,
      expiresAt: row.expires_at.getTime(),
      revoked: row.revoked_at !== null,
    },
  }
}

function isCachedSession(value: unknown): value is CachedSession {
  if (typeof value !== 'object' || value === null) return false
  const { userId, confirmedGen, expiresAt, revoked } = value as Partial<CachedSession>
  return (
    typeof userId === 'string' &&
    typeof confirmedGen === 'number' &&
    typeof expiresAt === 'number' &&
    typeof revoked === 'boolean'
  )
}
