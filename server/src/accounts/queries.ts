import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { UserRow } from '../db/tables.ts'

export function insertSecurityEvent(
  db: Database,
  event: { user_id: string; id: string; kind: string; ip: string; user_agent: string },
) {
  return db.insertInto('security_events').values(event).execute()
}

/**
 * Confirms the user whom an unspent confirmation token names.
 * @returns the user, and whether this was the call that confirmed; undefined for a wrong token
 */
export async function confirmByToken(db: Database, tokenHash: Buffer) {
  const found = await db
    .selectFrom('mailed_tokens')
    .innerJoin('users', 'users.id', 'mailed_tokens.user_id')
    .selectAll('users')
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', 'confirm_email')
    .where('mailed_tokens.expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  if (!found) return undefined
  const confirmed: UserRow | undefined = await db
    .updateTable('users')
    .set({ confirmed_at: sql`now()`, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', found.id)
    .where('confirmed_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return { user: confirmed ?? found, isFirstTime: confirmed !== undefined }
}

/** Sets a password by a mailed proof; who reads the mail also owns the address. */
export function setPassword(
  db: Database,
  userId: string,
  passwordHash: string,
  { confirm = false } = {},
) {
  return db
    .updateTable('users')
    .set({
      password_hash: passwordHash,
      password_changed_at: sql`now()`,
      updated_at: sql`now()`,
      version: sql`version + 1`,
      ...(confirm && { confirmed_at: sql`coalesce(confirmed_at, now())` }),
    })
    .where('id', '=', userId)
    .returningAll()
    .executeTakeFirstOrThrow()
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
