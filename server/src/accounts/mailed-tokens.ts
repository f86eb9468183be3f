import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { lockUser } from './user-queries.ts'

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
 * Makes the token that a mailed link carries: 32 random bytes, as 43 characters. Only its SHA-256
 * is kept, and it replaces the user's earlier token of this purpose: where that is to stop a change of the
 * address, the earlier one that was mailed to the same address.
 * @param email the address it is mailed to, which it proves to be the user's
 */
export async function storeMailedToken(
  db: Database,
  userId: string,
  purpose: MailedTokenPurpose,
  email: string,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const content = {
    token_hash: hashMailedToken(token),
    email,
    expires_at: sql<Date>`now() + make_interval(hours => ${mailedTokenTtlHours[purpose]})`,
  }
  await db
    .insertInto('mailed_tokens')
    .values({ user_id: userId, purpose, ...content })
    .onConflict((taken) =>
      purpose === 'stop_email_change'
        ? taken.columns(['user_id', 'email']).where(isStop).doUpdateSet(content)
        : taken.columns(['user_id', 'purpose']).where(isOther).doUpdateSet(content),
    )
    .execute()
  return token
}

/**
 * Looks at a token without spending it; it may be gone a moment later.
 * @returns whose it is, which address it proves, whether the account was confirmed before, and whether it
 *   has this address now
 */
export async function findMailedToken(db: Database, purpose: MailedTokenPurpose, token: string) {
  const found = await db
    .selectFrom('mailed_tokens')
    .innerJoin('users', 'users.id', 'mailed_tokens.user_id')
    .select(['user_id', 'mailed_tokens.email', 'confirmed_at', 'users.email as current_email'])
    .where('token_hash', '=', hashMailedToken(token))
    .where('purpose', '=', purpose)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  if (!found) return undefined
  const { user_id, email, confirmed_at, current_email } = found
  return { user_id, email, isConfirmed: confirmed_at !== null, isCurrent: email === current_email }
}

/** The same after its user was locked, as by all who write several of a user's rows. */
export async function lockMailedToken(trx: Database, purpose: MailedTokenPurpose, token: string) {
  const found = await findMailedToken(trx, purpose, token)
  if (!found) return undefined
  await lockUser(trx, found.user_id)
  return findMailedToken(trx, purpose, token)
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
    .where('token_hash', '=', hashMailedToken(token))
    .where('purpose', '=', purpose)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['user_id', 'email', 'expires_at'])
    .executeTakeFirst()
}

/** What the database keeps in place of a token. */
export function hashMailedToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
