import { randomUUIDv7 } from 'node:crypto'
import { inTransaction } from '../../db/database.ts'
import type { AccessKeyRow } from '../../db/tables.ts'
import { AppError, invalidField } from '../../errors.ts'
import type { Services } from '../../services.ts'
import type { Client } from '../client.ts'
import { enqueueMail } from '../mails/outbox.ts'
import { noteSecurityEvent } from '../security-events.ts'
import { lockUser } from '../user-queries.ts'
import { putRevokedInCache } from './cached-key.ts'
import { countLiveKeys, deleteAccessKeys, insertAccessKey } from './queries.ts'
import { hashSecret, makeSecret, type KeyKind } from './secret.ts'

/** How many keys of each kind a user may have. */
export const maxKeys = 50

export type WantedKey = {
  kind: KeyKind
  name: string
  scope: AccessKeyRow['scope']
  /** ISO 8601; null for one that does not expire. */
  expiresAt: string | null
}

/**
 * Makes a key, and a mail to its owner.
 * @returns its secret too, which nothing can give again
 * @throws AppError `conflict` when there are enough, `invalid` for one that has expired already
 */
export async function createAccessKey(
  { db, jobs }: Pick<Services, 'db' | 'jobs'>,
  userId: string,
  { kind, name, scope, expiresAt }: WantedKey,
  client: Client,
): Promise<{ row: AccessKeyRow; secret: string }> {
  const expires_at = expiresAt === null ? null : new Date(expiresAt)
  if (expires_at && expires_at.getTime() <= Date.now()) {
    throw invalidField('/expires_at', 'must be in the future.')
  }
  const secret = makeSecret(kind)
  const secret_hash = hashSecret(kind, secret)
  if (!secret_hash) throw new Error('A new key has not the form of its kind.')
  const row = await inTransaction(db, async (trx) => {
    const user = await lockUser(trx, userId)
    if (!user) throw new AppError('not_found', 'not_found', 'There is no such account.')
    if ((await countLiveKeys(trx, userId, kind)) >= maxKeys) throw tooMany()
    const wanted = { user_id: userId, id: randomUUIDv7(), kind, scope, secret_hash, expires_at }
    const row = await insertAccessKey(trx, { ...wanted, name: name.trim() })
    await noteSecurityEvent(trx, userId, `${kind}_created`, client)
    const at = new Date().toISOString()
    const key = { keyName: row.name, scope }
    await enqueueMail(jobs, trx, { kind: `${kind}_created`, userId, at, ...key, ...client })
    return row
  })
  return { row, secret }
}

/**
 * Deletes a key, which opens nothing from the next request on.
 * @throws AppError `not_found`
 */
export async function deleteAccessKey(
  services: Pick<Services, 'db' | 'cache'>,
  userId: string,
  which: { kind: KeyKind; id: string },
  client: Client,
): Promise<void> {
  const deleted = await inTransaction(services.db, async (trx) => {
    await lockUser(trx, userId)
    const rows = await deleteAccessKeys(trx, userId, which)
    if (rows.length > 0) await noteSecurityEvent(trx, userId, `${which.kind}_deleted`, client)
    return rows
  })
  if (deleted.length === 0) throw accessKeyNotFound(which.kind)
  await putRevokedInCache(services, deleted)
}

export function accessKeyNotFound(kind: KeyKind): AppError {
  return new AppError('not_found', 'not_found', notThere[kind])
}

const notThere = {
  api_token: 'There is no such token.',
  app_password: 'There is no such app password.',
}

function tooMany(): AppError {
  const detail = `There are ${maxKeys} already: delete some first.`
  return new AppError('conflict', 'too_many_access_keys', detail)
}
