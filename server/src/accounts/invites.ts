import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { CodeOf } from '../error-codes.ts'
import { AppError } from '../errors.ts'
import { emailKey } from './email-address.ts'
import { hashMailedToken } from './mailed-tokens.ts'

export const inviteTtlDays = 7

/**
 * Makes the secret that lets one address sign up, once; an earlier one for the address is void. Only
 * its hash is kept.
 * @param email as `normalizeEmail` makes it
 */
export async function storeInvite(db: Database, email: string): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const invite = {
    id: randomUUIDv7(),
    email,
    secret_hash: hashMailedToken(secret),
    created_at: sql<Date>`now()`,
    expires_at: sql<Date>`now() + make_interval(days => ${inviteTtlDays})`,
  }
  await db
    .insertInto('invites')
    .values(invite)
    .onConflict((taken) => taken.expression(sql`lower(email collate "C")`).doUpdateSet(invite))
    .execute()
  return secret
}

/** Looks at an invite without spending it. @returns the address that it lets sign up */
export async function findInvite(db: Database, secret: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('invites')
    .select('email')
    .where('secret_hash', '=', hashMailedToken(secret))
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  return found?.email
}

/**
 * Refuses who has no invite, before anything costly is done and without a look at any account.
 * @throws AppError `invalid`, naming the field
 */
export async function requireInvite(
  db: Database,
  secret: string | undefined,
  email: string,
): Promise<void> {
  if (!secret) {
    const detail = 'is required: ask the people who run this server for one.'
    throw refused('invite_required', 'Signing up takes an invite.', detail)
  }
  const found = await db
    .selectFrom('invites')
    .select('id')
    .where(isFor(secret, email))
    .executeTakeFirst()
  if (!found) throw invalidInvite()
}

/**
 * Spends an invite, in the transaction that opens the account: of two that try, one gets it.
 * @throws AppError `invalid`, naming the field
 */
export async function takeInvite(
  trx: Database,
  secret: string | undefined,
  email: string,
): Promise<void> {
  const taken = await trx
    .deleteFrom('invites')
    .where(isFor(secret ?? '', email))
    .returning('id')
    .executeTakeFirst()
  if (!taken) throw invalidInvite()
}

function isFor(secret: string, email: string) {
  return sql<boolean>`secret_hash = ${hashMailedToken(secret)}
    and lower(email collate "C") = ${emailKey(email)} and expires_at > now()`
}

/** The same whether it is unknown, spent, too old, or another address's. */
function invalidInvite(): AppError {
  const detail = 'is not valid any more, or was made for another address.'
  return refused('invalid_invite', 'The invite cannot be used: ask for a new one.', detail)
}

function refused(code: CodeOf<'invalid'>, sentence: string, detail: string): AppError {
  return new AppError('invalid', code, sentence, { errors: [{ pointer: '/invite', detail }] })
}
