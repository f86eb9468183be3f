import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { UserRow } from '../db/tables.ts'

/** The preferences that are set, and what others are guessed from. */
export type StoredPreferences = Pick<UserRow, 'preferences' | 'accepted_languages'>

const columns = ['preferences', 'accepted_languages'] as const
const nothing: StoredPreferences = { preferences: {}, accepted_languages: [] }

export async function findPreferences(db: Database, userId: string): Promise<StoredPreferences> {
  const row = await db
    .selectFrom('users')
    .select(columns)
    .where('id', '=', userId)
    .executeTakeFirst()
  return row ?? nothing
}

/** Merges in one statement, so that patches of several devices at once all count; null clears. */
export async function mergePreferences(
  db: Database,
  userId: string,
  patch: object,
): Promise<StoredPreferences> {
  const row = await db
    .updateTable('users')
    .set({ preferences: sql`jsonb_strip_nulls(preferences || ${JSON.stringify(patch)}::jsonb)` })
    .where('id', '=', userId)
    .returning(columns)
    .executeTakeFirst()
  return row ?? nothing
}
