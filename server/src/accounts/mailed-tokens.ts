import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { accountFormats } from './formats.ts'
import { lockUser } from './user-queries.ts'
import { findUserOfSecret } from './user-secrets.ts'

export type MailedTokenPurpose =
  | 'confirm_email'
  | 'reset_password'
  | 'change_email'
  | 'stop_email_change'

/** How long each link works, in hours from its mail's delivery; the mail says so too. */
export const mailedTokenTtlHours = {
  confirm_email: 7 * 24,
  reset_password: 1,
  change_email: 7 * 24,
  stop_email_change: 7 * 24,
}

// As the indexes have them: with a parameter they would not be found.
const isStop = sql<boolean>`mailed_tokens.purpose = 'stop_email_change'`
const isOther = sql<boolean>`mailed_tokens.purpose <> 'stop_email_change'`

/**
 * Makes the token that a mailed link carries: the user's id and 16 random bytes, as 43 characters. Only its
 * SHA-256 is kept, and it replaces the user's earlier token of this purpose: where that is to stop a change of
 * the address, the earlier one that was mailed to the same address.
 * @param email the address it is mailed to, which it proves to be the user's
 */
export async function storeMailedToken(
  db: Database,
  userId: string,
  purpose: MailedTokenPurpose,
  email: string,
): Promise<string> {
  const token = makeToken(userId)
  const lifetime = sql`make_interval(hours => ${mailedTokenTtlHours[purpose]})`
  const row = {
    token_hash: hashMailedToken(token),
    email,
    expires_at: sql<Date>`now() + ${lifetime}`,
  }
  await db
    .insertInto('mailed_tokens')
    .values({ user_id: userId, purpose, ...row })
    .onConflict((taken) =>
      (purpose === 'stop_email_change'
        ? taken.columns(['user_id', 'email']).where(isStop)
        : taken.columns(['user_id', 'purpose']).where(isOther)
      ).doUpdateSet((columns) => ({
        token_hash: columns.ref('excluded.token_hash'),
        email: columns.ref('excluded.email'),
        expires_at: columns.ref('excluded.expires_at'),
      })),
    )
    .execute()
  return token
}

/** 128 random bits behind the id, without which every server of many had to be asked for the token. */
function makeToken(userId: string): string {
  const id = Buffer.from(userId.replaceAll('-', ''), 'hex')
  return Buffer.concat([id, randomBytes(16)]).toString('base64url')
}

/** The user whom a token names, if it is one at all. Whose it is, its hash proves. */
function userIdIn(token: string): string | undefined {
  if (!accountFormats['mailed-token'].isValid(token)) return undefined
  const hex = Buffer.from(token, 'base64url').toString('hex', 0, 16)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * Looks at a token without spending it; it may be gone a moment later.
 * @returns whose it is, which address it proves, whether the account was confirmed before, and whether it
 *   has this address now
 */
export async function findMailedToken(db: Database, purpose: MailedTokenPurpose, token: string) {
  const named = userIdIn(token)
  if (named === undefined) return undefined
  return (await findOf(db, named, purpose, token)) ?? findNameless(db, purpose, token)
}

/** One of 32 random bytes, as they were before they held the user's id. */
async function findNameless(db: Database, purpose: MailedTokenPurpose, token: string) {
  const userId = await findUserOfSecret(db, hashMailedToken(token))
  return userId === undefined ? undefined : findOf(db, userId, purpose, token)
}

async function findOf(db: Database, userId: string, purpose: MailedTokenPurpose, token: string) {
  const found = await db
    .selectFrom('mailed_tokens')
    .innerJoin('users', 'users.id', 'mailed_tokens.user_id')
    .select(['user_id', 'mailed_tokens.email', 'confirmed_at', 'users.email as current_email'])
    .where('mailed_tokens.user_id', '=', userId)
    .where('token_hash', '=', hashMailedToken(token))
    .where('purpose', '=', purpose)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  if (!found) return undefined
  const { user_id, email, confirmed_at, current_email } = found
  const isCurrent = email === current_email
  return { user_id, email, isConfirmed: confirmed_at !== null, current_email, isCurrent }
}

/** The same after its user was locked, as by all who write several of a user's rows. */
export async function lockMailedToken(trx: Database, purpose: MailedTokenPurpose, token: string) {
  const found = await findMailedToken(trx, purpose, token)
  if (!found) return undefined
  await lockUser(trx, found.user_id)
  return findOf(trx, found.user_id, purpose, token)
}

/**
 * Spends a token, in the transaction that does what it permits: of two that try, one gets it. Its
 * user is locked first.
 * @returns whose it is, which address it proves and until when; undefined when it is unknown, spent, too old
 * or made for another purpose
 */
export async function takeMailedToken(trx: Database, purpose: MailedTokenPurpose, token: string) {
  const found = await findMailedToken(trx, purpose, token)
  if (!found) return undefined
  await lockUser(trx, found.user_id)
  return trx
    .deleteFrom('mailed_tokens')
    .where('user_id', '=', found.user_id)
    .where('token_hash', '=', hashMailedToken(token))
    .where('purpose', '=', purpose)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['user_id', 'email', 'expires_at'])
    .executeTakeFirst()
}

/**
 * Makes every mailed link of a user void, and every one that is still to be mailed for a change of the
 * address. The links that take such a change back stay: whoever got hold of the account must not be able to
 * void those.
 * @param except a purpose whose link stays too
 */
export async function deleteMailedTokens(
  trx: Database,
  userId: string,
  { except }: { except?: 'change_email' } = {},
): Promise<void> {
  await trx.deleteFrom('email_changes').where('user_id', '=', userId).execute()
  await trx
    .deleteFrom('mailed_tokens')
    .where('user_id', '=', userId)
    .where('purpose', '!=', 'stop_email_change')
    .$if(except !== undefined, (query) => query.where('purpose', '!=', except ?? ''))
    .execute()
}

/** What the database keeps in place of a token. */
export function hashMailedToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
