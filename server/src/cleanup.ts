import { sql } from 'kysely'
import { removeOldTraces } from './changes/changes.ts'
import { removeOldAnswers } from './contacts/answer-once.ts'
import type { OpenDatabase } from './db/database.ts'
import { removeOldImports } from './imports/imports.ts'
import { removeOldMerges } from './merges/merges.ts'
import { purgeOldTrash } from './trash/trash.ts'

/** Deletes what nobody can use any more. Safe at any time, and from several processes at once. */
export async function removeExpired(database: Pick<OpenDatabase, 'db' | 'write'>): Promise<void> {
  const { db } = database
  await sql`delete from sessions where expires_at < now() - interval '1 day'`.execute(db)
  await sql`delete from mailed_tokens where expires_at < now() - interval '1 day'`.execute(db)
  await sql`delete from email_changes where expires_at < now() - interval '1 day'`.execute(db)
  await sql`delete from access_keys where expires_at < now() - interval '30 days'`.execute(db)
  await sql`delete from invites where expires_at < now() - interval '1 day'`.execute(db)
  await sql`delete from login_failures where failed_at < now() - interval '1 day'`.execute(db)
  await sql`delete from security_events where at < now() - interval '1 year'`.execute(db)
  await removeOldAnswers(database)
  await removeOldMerges(database)
  await purgeOldTrash(database)
  await removeOldTraces(database)
  await removeOldImports(database)
}
