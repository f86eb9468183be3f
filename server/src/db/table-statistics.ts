import type { OpenDatabase } from './database.ts'
import { isPermissionDenied } from './errors.ts'

/**
 * Refreshes PostgreSQL's statistics of those of the tables that somebody is more than doubling, or of which as much
 * has changed as autovacuum waits for. It looks about once a minute; until then the planner takes a table, or a book,
 * of thousands of rows for an empty one, for which reading all of it, or by any index, is as good as another plan. Of a
 * distributed table the nodes themselves keep what they know.
 * @param added about how many rows each of them got
 */
export async function refreshStatistics(
  { write, isDistributed }: Pick<OpenDatabase, 'write' | 'isDistributed'>,
  tables: readonly string[],
  added: number,
): Promise<void> {
  if (await isDistributed()) return
  const rows = await write<{ name: string }>(
    `select relname as name from pg_class
    where oid = any ($1::regclass[]) and (
      reltuples * 2 <= $2 or pg_stat_get_mod_since_analyze(oid) > 50 + greatest(reltuples, 0) / 10
    )`,
    [tables, added],
  )
  if (rows.length === 0) return
  try {
    await write(`analyze ${rows.map(({ name }) => name).join(', ')}`, [])
  } catch (error) {
    // Only the owner of the tables may analyze them.
    if (!isPermissionDenied(error)) throw error
  }
}
