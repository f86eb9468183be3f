import { randomUUIDv7 } from 'node:crypto'
import type { Ask } from '../../db/ask.ts'
import type { Database, OpenDatabase } from '../../db/database.ts'
import type { SessionRow } from '../../db/tables.ts'
import type { Client } from '../client.ts'
import { findUserId } from '../user-emails.ts'

/** What a login is checked against; times are ISO 8601. */
export type Credentials = {
  id: string
  password_hash: string
  confirmed_at: string | null
  disabled_at: string | null
}

type Reading = Pick<OpenDatabase, 'db' | 'read' | 'isDistributed'>

const columns = 'users.id, password_hash, confirmed_at, disabled_at'

/**
 * In one statement, or where the address and its user may lie on two machines in two, for an address
 * without an account as well.
 * @param key the address as `emailKey` makes it
 */
export async function findCredentials(
  { db, read, isDistributed }: Reading,
  key: string,
): Promise<Credentials | undefined> {
  const [user] = (await isDistributed())
    ? await read<Credentials>(`select ${columns} from users where id = $1`, [
        await findUserId(db, key),
      ])
    : await read<Credentials>(
        `select ${columns} from user_emails join users on users.id = user_id where email_key = $1`,
        [key],
      )
  return user
}

/** Whether a session of a user began in the browser with this device, also one that is over. */
export async function isDeviceOf(
  db: Database,
  userId: string,
  deviceHash: Buffer,
): Promise<boolean> {
  const found = await db
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .where('device_hash', '=', deviceHash)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** A login whose password was right. */
export type ProvenLogin = {
  user: Credentials
  client: Client
  /** The keys of the failures before it. */
  failures: Buffer[]
  expiresAt: Date
  /** Of a session in a browser; null elsewhere. */
  deviceHash: Buffer | null
}

type Started = Pick<SessionRow, 'user_id' | 'id' | 'gen'>

const proven = `select id from users where id = $1 and password_hash = $2 and disabled_at is null
  for no key update`

/**
 * Starts a session for who proved a password, notes it, and forgets the failures before, unless the
 * password is another one by now or the user gone or disabled. The user is locked first, as wherever
 * several rows of a user are written.
 * @returns undefined when there is no session
 */
export async function startSession(
  database: Pick<OpenDatabase, 'write' | 'transaction' | 'isDistributed'>,
  login: ProvenLogin,
): Promise<Started | undefined> {
  if (!(await database.isDistributed())) return startAtOnce(database.write, login)
  return database.transaction((ask) => startInSteps(ask, login))
}

/** In one statement. */
async function startAtOnce(write: Ask, login: ProvenLogin): Promise<Started | undefined> {
  const { user, client, failures, expiresAt, deviceHash } = login
  const rows = await write<Started>(
    `with proven as (
      ${proven}
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
      user.id,
      user.password_hash,
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

/** The same where failures and the user may lie on two machines. */
async function startInSteps(ask: Ask, login: ProvenLogin): Promise<Started | undefined> {
  const { user, client, failures, expiresAt, deviceHash } = login
  if ((await ask(proven, [user.id, user.password_hash])).length === 0) return undefined
  await ask(
    `insert into security_events (user_id, id, kind, ip, user_agent)
    values ($1, $2, 'logged_in', $3, $4)`,
    [user.id, randomUUIDv7(), client.ip, client.userAgent],
  )
  await ask('delete from login_failures where email_hash = any ($1::bytea[])', [failures])
  const rows = await ask<Started>(
    `insert into sessions (user_id, id, ip, user_agent, expires_at, device_hash)
    values ($1, $2, $3, $4, $5, $6) returning user_id, id, gen`,
    [user.id, randomUUIDv7(), client.ip, client.userAgent, expiresAt, deviceHash],
  )
  return rows[0]
}
