import { sql } from 'kysely'
import type { Ask } from '../../db/ask.ts'
import type { Database } from '../../db/database.ts'

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
 * two successors; where it is not the current one, a later statement reads what came of it:
 * - `rotated`: the new generation, when `gen` was the current one;
 * - `repeated`: the current generation, when `gen` is its predecessor and asks again within ten
 *   seconds, or before the successor was ever used (its answer was lost);
 * - `isReused`: `gen` is older than that, so that somebody holds a copy.
 * None of the three when the session is over or of another device.
 * @param deviceHash as the session began with it
 */
export async function rotateSession(
  db: Database,
  userId: string,
  id: string,
  gen: number,
  deviceHash: Buffer | null,
): Promise<Rotation> {
  const isUsable = sql<boolean>`user_id = ${userId} and id = ${id}
    and device_hash is not distinct from ${deviceHash}::bytea and revoked_at is null and expires_at > now()`
  const rotated = await db
    .updateTable('sessions')
    .set({ gen: sql`gen + 1`, rotated_at: sql`now()`, last_seen_at: sql`now()` })
    .where(isUsable)
    .where('gen', '=', gen)
    .returning('gen')
    .executeTakeFirst()
  if (rotated) return { rotated: rotated.gen, repeated: null, isReused: false }
  const mayRepeat = sql<boolean>`gen = ${gen}::integer + 1
    and (confirmed_gen < gen or rotated_at > now() - interval '10 seconds')`
  const successor = await db
    .selectFrom('sessions')
    .select(['gen', mayRepeat.as('mayRepeat')])
    .where(isUsable)
    .where('gen', '>', gen)
    .executeTakeFirst()
  if (!successor) return { rotated: null, repeated: null, isReused: false }
  const { mayRepeat: isRepeated } = successor
  return { rotated: null, repeated: isRepeated ? successor.gen : null, isReused: !isRepeated }
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

/** When a session was last used. */
export type SessionUse = { userId: string; id: string; at: Date }

/**
 * Writes many sessions' last use in one statement. A session that somebody is changing is left out:
 * many rows in any order must not wait for others who lock several.
 */
export async function touchSessions(write: Ask, seen: readonly SessionUse[]): Promise<void> {
  await write(
    `with free as (
      select user_id, id, seen.at
      from sessions
      join unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as seen (user_id, id, at)
        using (user_id, id)
      for no key update of sessions skip locked
    )
    update sessions set last_seen_at = greatest(last_seen_at, free.at)
    from free where sessions.user_id = free.user_id and sessions.id = free.id`,
    [
      seen.map(({ userId }) => userId),
      seen.map(({ id }) => id),
      seen.map(({ at }) => at.toISOString()),
    ],
  )
}

/** The same of one session. */
export async function touchSession(write: Ask, { userId, id, at }: SessionUse): Promise<void> {
  await write(
    `update sessions set last_seen_at = greatest(last_seen_at, $3)
    where user_id = $1 and id = $2`,
    [userId, id, at],
  )
}
