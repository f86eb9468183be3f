import type { Ask } from '../../db/ask.ts'
import { isPermissionDenied } from '../../db/errors.ts'

// Below this, any plan is as good as another.
const minRows = 500

/**
 * Refreshes PostgreSQL's statistics when an import has more than doubled its tables. Autovacuum does so
 * about once a minute; until then the planner takes a book of thousands for an empty one, and may
 * read all of it for each statement.
 * @param added how many contacts the import has added
 */
export async function refreshStatistics(ask: Ask, added: number): Promise<void> {
  if (added < minRows) return
  const rows = await ask<{ reltuples: number }>(
    `select reltuples from pg_class where oid = 'contacts'::regclass`,
    [],
  )
  if ((rows[0]?.reltuples ?? 0) * 2 > added) return
  try {
    await ask('analyze contacts, contact_cards, contact_sources', [])
  } catch (error) {
    // Only the owner of the tables may analyze them.
    if (!isPermissionDenied(error)) throw error
  }
}
