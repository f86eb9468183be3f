import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Ask } from '../../db/ask.ts'
import type { Database } from '../../db/database.ts'
import type { SessionRow } from '../../db/tables.ts'
import type { Client } from '../client.ts'

/** What a login is checked against; times are ISO 8601. */
export type Credentials = {
  id: string
  password_hash: string
  confirmed_at: string | null
  disabled_at: string | null
}

/** @param key the address as `emailKey` makes it */
export async function findCredentials(read: Ask, key: string): Promise<Credentials | undefined> {
  const rows = await read<Credentials>(
    `select id, password_hash, confirmed_at, disabled_at from users
    where lower(email collate "C") = $1`,
    [key],
  )
  return rows[0]
}

/**
 * Starts a session for who proved a password, notes it, and forgets the failures before, in one
 * statement, unless the password is another one by now or the user gone or disabled. The user is
 * locked first, as wherever several rows of a user are written.
 * @param failures the keys of the failures
 * @param deviceHash of a session in a browser; null elsewhere
 * @returns undefined when there is no session
 */
export async function startSession(
  write: Ask,
  proven: Credentials,
  client: Client,
  failures: Buffer[],
  expiresAt: Date,
  deviceHash: Buffer | null,
): Promise<Pick<SessionRow, 'user_id' | 'id' | 'gen'> | undefined> {
  const rows = await write<Pick<SessionRow, 'user_id' | 'id' | 'gen'>>(
    `with proven as (
      select id from users where id = $1 and password_hash = $2 and disabled_at is null
      for no key update
    ), forgotten as (
      delete from login_failures using proven where email_hash = any ($3::bytea[])
    ), noted as (
      insert into security_events (user_id, id, kind, ip, user_agent)
      select id, $4::uuid, 'logged_in', $5, $6 from proven
    )
    insert into sessions (user_id, id, ip, user_agent, expires_at, device_hash)
    select id, $7::uuid, $5, $6, $8::timestamptz, $9::bytea from proven
    returning user_id, id, gen`,
    [
      proven.id,
      proven.password_hash,
      failures,
      randomUUIDv7(),
      client.ip,
      client.userAgent,
      randomUUIDv7(),
      expiresAt,
      deviceHash,
    ],
  )
  return rows[0]
}

/**
 * Whether a session of an account began in the browser with this device, also one that is over.
 * @param key the address as `emailKey` makes it
 */
export async function isDeviceOf(db: Database, key: string, deviceHash: Buffer): Promise<boolean> {
  const found = await db
    .selectFrom('users')
    .innerJoin('sessions', 'sessions.user_id', 'users.id')
    .select('sessions.id')
    .where(sql<string>`lower(email collate "C")`, '=', key)
    .where('device_hash', '=', deviceHash)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** A session with what the cache keeps of its user, in one round trip. */
export async function findIdentity(db: Database, userId: string, sessionId: string) {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .selectAll('sessions')
    .select(['username', 'email', 'avatar_url', 'disabled_at'])
    .select(['users.created_at as user_created_at', 'users.version as user_version'])
    .where('sessions.user_id', '=', userId)
    .where('sessions.id', '=', sessionId)
    .executeTakeFirst()
  if (!row) return undefined
  const { user_created_at: created_at, user_version: version } = row
  return { session: row, user: { ...row, id: row.user_id, created_at, version } }
}

export function listSessions(db: Database, userId: string) {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .execute()
}

export type Rotation = { rotated: number | null; repeated: number | null; isReused: boolean }

/**
 * Spends generation `gen` of a session, in one statement, so that parallel refreshes cannot make
 * two successors:
 * - `rotated`: the new generation, when `gen` was the current one;
 * - `repeated`: the current generation, when `gen` is its predecessor and asks again within ten
 *   seconds, or before the successor was ever used (its answer was lost);
 * - `isReused`: `gen` is older than that, so that somebody holds a copy.
 * None of the three when the session is over or of another device, and when a parallel rotation was still
 * under way.
 * @param deviceHash as the session began with it
 */
export async function rotateSession(
  db: Database,
  userId: string,
  id: string,
  gen: number,
  deviceHash: Buffer | null,
) {
  const { rows } = await sql<Rotation>`
    with rotated as (
      update sessions set gen = gen + 1, rotated_at = clock_timestamp(), last_seen_at = now()
      where user_id = ${userId} and id = ${id} and gen = ${gen}
        and device_hash is not distinct from ${deviceHash}::bytea and revoked_at is null and expires_at > now()
      returning gen
    ), successor as (
      select gen, gen = ${gen}::integer + 1 and (confirmed_gen < gen
        or rotated_at > clock_timestamp() - interval '10 seconds') as may_repeat
      from sessions
      where user_id = ${userId} and id = ${id} and gen > ${gen}
        and device_hash is not distinct from ${deviceHash}::bytea and revoked_at is null and expires_at > now()
    )
    select (select gen from rotated) as rotated,
      (select gen from successor where may_repeat) as repeated,
      exists (select 1 from successor where not may_repeat) as "isReused"`.execute(db)
  return rows[0] as Rotation
}

/** Notes that an access token of this generation was used: its predecessor is now worthless. */
export function confirmGeneration(db: Database, userId: string, id: string, gen: number) {
  return db
    .updateTable('sessions')
    .set({ confirmed_gen: gen, version: sql`version + 1` })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('confirmed_gen', '<', gen)
    .returningAll()
    .executeTakeFirst()
}

type Which = { only?: string; except?: string }

/** Revokes sessions of a user: all, one, or all but one. Returns those that were alive. */
export function revokeSessions(db: Database, userId: string, { only, except }: Which = {}) {
  return db
    .updateTable('sessions')
    .set({ revoked_at: sql`now()`, version: sql`version + 1` })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .$if(except !== undefined, (query) => query.where('id', '!=', except ?? ''))
    .returningAll()
    .execute()
}

/**
 * Writes many sessions' last use in one statement. A session that somebody is changing is left out:
 * many rows in any order must not wait for others who lock several.
 */
export async function touchSessions(
  db: Database,
  seen: { userId: string; id: string; at: Date }[],
) {
  await sql`
    with free as (
      select user_id, id, seen.at
      from sessions
      join unnest(${seen.map((one) => one.userId)}::uuid[], ${seen.map((one) => one.id)}::uuid[],
        ${seen.map((one) => one.at.toISOString())}::timestamptz[]) as seen (user_id, id, at)
        using (user_id, id)
      for no key update of sessions skip locked
    )
    update sessions set last_seen_at = greatest(last_seen_at, free.at)
    from free where sessions.user_id = free.user_id and sessions.id = free.id`.execute(db)
}
