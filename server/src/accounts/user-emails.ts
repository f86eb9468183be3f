import type { Database } from '../db/database.ts'

/** Nobody's id: with it the same is asked for an address without an account. */
export const nobodysId = '00000000-0000-0000-0000-000000000000'

/**
 * Whose an address is; {@link nobodysId} for one without an account, so that callers go on alike.
 * @param key the address as `emailKey` makes it
 */
export async function findUserId(db: Database, key: string): Promise<string> {
  const found = await db
    .selectFrom('user_emails')
    .select('user_id')
    .where('email_key', '=', key)
    .executeTakeFirst()
  return found?.user_id ?? nobodysId
}

/** Takes an address for a user. Rejects with a violation of `user_emails_once` when it has an account. */
export async function takeEmail(trx: Database, userId: string, key: string): Promise<void> {
  await trx.insertInto('user_emails').values({ email_key: key, user_id: userId }).execute()
}

/** Gives an address of a user free. */
export async function freeEmail(trx: Database, userId: string, key: string): Promise<void> {
  await trx
    .deleteFrom('user_emails')
    .where('email_key', '=', key)
    .where('user_id', '=', userId)
    .execute()
}
