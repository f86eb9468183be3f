import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'

export type WantedChange = { id: string; email: string; session_id: string; expires_at: Date }

/** Keeps what a user asks for; it takes the place of what they asked for before. */
export function storeEmailChange(trx: Database, userId: string, change: WantedChange) {
  return trx
    .insertInto('email_changes')
    .values({ user_id: userId, ...change })
    .onConflict((taken) => taken.column('user_id').doUpdateSet(change))
    .execute()
}

/** A change that is still wanted, of a user who is not disabled. */
export function findEmailChange(db: Database, userId: string, id: string) {
  return db
    .selectFrom('email_changes')
    .innerJoin('users', 'users.id', 'email_changes.user_id')
    .select(['email_changes.email', 'users.email as current_email', 'username'])
    .where('email_changes.user_id', '=', userId)
    .where('email_changes.id', '=', id)
    .where('expires_at', '>', sql<Date>`now()`)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
}

/** Spends the change to this address. */
export function takeEmailChange(trx: Database, userId: string, email: string) {
  return trx
    .deleteFrom('email_changes')
    .where('user_id', '=', userId)
    .where('email', '=', email)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('session_id')
    .executeTakeFirst()
}

/**
 * Makes the links void that would bring back addresses which the account got later than the one whose link
 * is good until then.
 */
export function deleteLaterStops(trx: Database, userId: string, until: Date) {
  return trx
    .deleteFrom('mailed_tokens')
    .where('user_id', '=', userId)
    .where('purpose', '=', 'stop_email_change')
    .where('expires_at', '>=', until)
    .execute()
}
