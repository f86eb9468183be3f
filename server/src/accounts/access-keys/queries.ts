import { sql } from 'kysely'
import type { Ask } from '../../db/ask.ts'
import type { Database } from '../../db/database.ts'
import type { AccessKeyRow } from '../../db/tables.ts'
import { forgetUserSecrets, keepUserSecret } from '../user-secrets.ts'
import type { KeyKind } from './secret.ts'

export type NewAccessKey = Pick<
  AccessKeyRow,
  'user_id' | 'id' | 'kind' | 'name' | 'scope' | 'secret_hash' | 'expires_at'
>

/** To be called in a transaction. An app password is found by the address that is shown with it. */
export async function insertAccessKey(trx: Database, key: NewAccessKey): Promise<AccessKeyRow> {
  const { user_id, secret_hash, expires_at } = key
  if (key.kind === 'api_token') await keepUserSecret(trx, { user_id, secret_hash, expires_at })
  return trx.insertInto('access_keys').values(key).returningAll().executeTakeFirstOrThrow()
}

/** Newest first; those that have expired are among them. */
export function listAccessKeys(db: Database, userId: string, kind: KeyKind) {
  return db
    .selectFrom('access_keys')
    .selectAll()
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .execute()
}

/** One key of a user. */
export function findAccessKey(db: Database, userId: string, { kind, id }: Which) {
  return db
    .selectFrom('access_keys')
    .selectAll()
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('kind', '=', kind)
    .executeTakeFirst()
}

/** The keys of both kinds that open something, oldest first. */
export function listLiveKeys(db: Database, userId: string) {
  return db
    .selectFrom('access_keys')
    .select(['kind', 'name'])
    .where('user_id', '=', userId)
    .where(isAlive)
    .orderBy('id')
    .execute()
}

export async function countLiveKeys(trx: Database, userId: string, kind: KeyKind): Promise<number> {
  const { count } = await trx
    .selectFrom('access_keys')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where(isAlive)
    .executeTakeFirstOrThrow()
  return Number(count)
}

type Which = { kind: KeyKind; id: string }

/**
 * Deletes one key of a user, or all of both kinds. To be called in a transaction.
 * @returns those that were there
 */
export async function deleteAccessKeys(
  trx: Database,
  userId: string,
  which?: Which,
): Promise<AccessKeyRow[]> {
  const rows = await trx
    .deleteFrom('access_keys')
    .where('user_id', '=', userId)
    .$if(which !== undefined, (query) =>
      query.where('id', '=', which?.id ?? '').where('kind', '=', which?.kind ?? 'api_token'),
    )
    .returningAll()
    .execute()
  const tokens = rows.filter(({ kind }) => kind === 'api_token')
  await forgetUserSecrets(
    trx,
    tokens.map(({ secret_hash }) => secret_hash),
  )
  return rows
}

/** The key of a user with this secret, and what the cache keeps of the user, in one round trip. */
export async function findKeyBySecret(
  db: Database,
  userId: string,
  kind: KeyKind,
  secretHash: Buffer,
) {
  const row = await keysWithUsers(db)
    .where('access_keys.user_id', '=', userId)
    .where('secret_hash', '=', secretHash)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row && asKeyAndUser(row)
}

/** The same by the id of the key. */
export async function findKeyById(db: Database, userId: string, id: string) {
  const row = await keysWithUsers(db)
    .where('access_keys.user_id', '=', userId)
    .where('access_keys.id', '=', id)
    .executeTakeFirst()
  return row && asKeyAndUser(row)
}

function keysWithUsers(db: Database) {
  return db
    .selectFrom('access_keys')
    .innerJoin('users', 'users.id', 'access_keys.user_id')
    .selectAll('access_keys')
    .select(['username', 'email', 'avatar_url', 'disabled_at', 'version'])
    .select('users.created_at as user_created_at')
}

function asKeyAndUser<Row extends { user_id: string; user_created_at: Date }>(row: Row) {
  return { key: row, user: { ...row, id: row.user_id, created_at: row.user_created_at } }
}

/** `client` is null where the program does not say what it is. */
export type KeyUse = {
  userId: string
  id: string
  at: Date
  address: string
  client: string | null
}

/** Writes many keys' last use in one statement, as `touchSessions` does for sessions. */
export async function touchAccessKeys(write: Ask, uses: readonly KeyUse[]): Promise<void> {
  await write(
    `with free as (
      select user_id, id, used.at, used.address, used.client
      from access_keys
      join unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[])
        as used (user_id, id, at, address, client) using (user_id, id)
      for no key update of access_keys skip locked
    )
    update access_keys
    set last_used_at = free.at, last_address = free.address, last_client = free.client
    from free where access_keys.user_id = free.user_id and access_keys.id = free.id
      and (last_used_at is null or last_used_at < free.at)`,
    [
      uses.map(({ userId }) => userId),
      uses.map(({ id }) => id),
      uses.map(({ at }) => at.toISOString()),
      uses.map(({ address }) => address),
      uses.map(({ client }) => client),
    ],
  )
}

/** The same of one key. */
export async function touchAccessKey(write: Ask, use: KeyUse): Promise<void> {
  await write(
    `update access_keys set last_used_at = $3, last_address = $4, last_client = $5
    where user_id = $1 and id = $2 and (last_used_at is null or last_used_at < $3)`,
    [use.userId, use.id, use.at, use.address, use.client],
  )
}

const isAlive = sql<boolean>`(expires_at is null or expires_at > now())`
