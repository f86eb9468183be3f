import type { Ask } from '../../db/ask.ts'
import { isPermissionDenied } from '../../db/errors.ts'

const tables = ['contacts', 'contact_cards', 'contact_sources', 'import_changes', 'import_entries']

/**
 * Refreshes PostgreSQL's statistics of the tables that an import has more than doubled. Autovacuum does so
 * about once a minute; until then the planner takes a table of thousands of rows for an empty one, for
 * which reading all of it, or by any index, is as good as another plan.
 * @param added how many entries the import has read
 */
export async function refreshStatistics(ask: Ask, added: number): Promise<void> {
  const rows = await ask<{ name: string }>(
    `select relname as name from pg_class
    where oid = any ($1::regclass[]) and reltuples * 2 <= $2`,
    [tables, added],
  )
  if (rows.length === 0) return
  try {
    await ask(`analyze ${rows.map(({ name }) => name).join(', ')}`, [])
  } catch (error) {
    // Only the owner of the tables may analyze them.
    if (!isPermissionDenied(error)) throw error
  }
}
