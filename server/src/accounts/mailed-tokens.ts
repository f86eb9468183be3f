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

/**
 * Makes the token that a mailed link carries: 32 random bytes, as 43 characters. Only its SHA-256
 * is kept, and it replaces the user's earlier token of this purpose.
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
    .onConflict((taken) => taken.columns(['user_id', 'purpose']).doUpdateSet(content))
    .execute()
  return token
}

/**
 * Looks at a token without spending it; it may be gone a moment later.
 * @returns whose it is, which address it proves, and whether that was confirmed before
 */
export async function findMailedToken(db: Database, purpose: MailedTokenPurpose, token: string) {
  const found = await db
    .selectFrom('mailed_tokens')
    .innerJoin('users', 'users.id', 'mailed_tokens.user_id')
    .select(['user_id', 'mailed_tokens.email', 'confirmed_at'])
    .where('token_hash', '=', hashMailedToken(token))
    .where('purpose', '=', purpose)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  return found && { ...found, isConfirmed: found.confirmed_at !== null }
}

/**
 * Spends a token, in the transaction that does what it permits: of two that try, one gets it. Its
 * user is locked first, as by all who write several of a user's rows.
 * @returns whose it is and which address it proves; undefined when it is unknown, spent, too old
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
    .returning(['user_id', 'email'])
    .executeTakeFirst()
}

/** What the database keeps in place of a token. */
export function hashMailedToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
