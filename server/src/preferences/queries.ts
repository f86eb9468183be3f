import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

/** The preferences that are set. */
export async function findPreferences(db: Database, userId: string) {
  const row = await db
    .selectFrom('users')
    .select('preferences')
    .where('id', '=', userId)
    .executeTakeFirst()
  return row?.preferences ?? {}
}

/** Merges in one statement, so that patches of several devices at once all count; null clears. */
export async function mergePreferences(db: Database, userId: string, patch: object) {
  const row = await db
    .updateTable('users')
    .set({ preferences: sql`jsonb_strip_nulls(preferences || ${JSON.stringify(patch)}::jsonb)` })
    .where('id', '=', userId)
    .returning('preferences')
    .executeTakeFirst()
  return row?.preferences ?? {}
}
