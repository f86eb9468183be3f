import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { AppError } from '../../errors.ts'
import { emailKey } from '../email-address.ts'

// Typing mistakes are free; from the sixth failure in a row on, 1, 2, 4 … 900 seconds must pass.
const freeFailures = 5
const maxWaitSeconds = 900

/**
 * Where a password is asked for. Counted apart: strangers at the login keep no one from theirs, nor from
 * logging in by a browser where they were logged in before.
 */
type Door = 'login' | 'session' | `device ${string}`

/**
 * Counts an attempt at a password before it is checked, so that parallel guesses count too.
 * Addresses without an account are counted alike. Failures of yesterday are forgotten.
 * @throws AppError `too_many` while the wait after earlier failures lasts
 */
export async function countPasswordAttempt(db: Database, email: string, door: Door): Promise<void> {
  const key = hashOf(email, door)
  // Computed from the locked row, so that of parallel attempts each sees the one before it.
  const failures = sql`
    case when login_failures.failed_at > now() - interval '1 day' then login_failures.failures else 0 end + 1`
  const waitSeconds = sql`
    case when ${failures} <= ${freeFailures} then 0
      else least(${maxWaitSeconds}, power(2, least(${failures}, 30) - ${freeFailures} - 1)) end`
  const { rows } = await sql`
    insert into login_failures (email_hash, failures, failed_at, blocked_until)
    values (${key}, 1, now(), now())
    on conflict (email_hash) do update set failures = ${failures}, failed_at = clock_timestamp(),
      blocked_until = clock_timestamp() + make_interval(secs => ${waitSeconds})
    where login_failures.blocked_until <= clock_timestamp()
    returning 1`.execute(db)
  if (rows.length === 0) throw await tooManyFailures(db, key)
}

/** Forgets the failures of an address: its owner has proved to be there. */
export async function clearLoginFailures(db: Database, email: string): Promise<void> {
  await db.deleteFrom('login_failures').where('email_hash', 'in', failureKeys(email)).execute()
}

/**
 * Under which the failures of an address are counted, at all doors.
 * @param deviceHash of a browser that is known to the account
 */
export function failureKeys(email: string, deviceHash?: Buffer): Buffer[] {
  const doors: Door[] = ['login', 'session', ...(deviceHash ? [doorOf(deviceHash)] : [])]
  return doors.map((door) => hashOf(email, door))
}

/** @param deviceHash of a browser that is known to the account */
export function doorOf(deviceHash: Buffer | undefined): Door {
  return deviceHash ? `device ${deviceHash.toString('hex')}` : 'login'
}

async function tooManyFailures(db: Database, key: Buffer): Promise<AppError> {
  const row = await db
    .selectFrom('login_failures')
    .select('blocked_until')
    .where('email_hash', '=', key)
    .executeTakeFirst()
  const waitMs = (row?.blocked_until.getTime() ?? 0) - Date.now()
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000))
  const detail = `Too many wrong passwords. Wait ${retryAfterSeconds} s, or reset the password.`
  return new AppError('too_many', 'too_many_failures', detail, { retryAfterSeconds })
}

function hashOf(email: string, door: Door): Buffer {
  return createHash('sha256')
    .update(`${door} ${emailKey(email)}`)
    .digest()
}
