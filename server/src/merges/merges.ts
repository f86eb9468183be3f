import type { OpenDatabase } from '../db/database.ts'
import { deleteSomeOldMerges, type ListedMerge } from './queries.ts'
import type { Merge } from './schema.ts'

// Merges in one statement, so that other work need not wait long.
const batchSize = 100

export function presentMerge(row: ListedMerge): Merge {
  return {
    merge_id: row.id,
    merged_at: row.created_at,
    contact: { id: row.contact_id, name: row.name },
    merged: row.merged,
    can_undo: row.undone_at === null,
    changed_since: row.undone_at === null && row.is_changed,
    undone_at: row.undone_at,
  }
}

/** Deletes what undid merges that are too old to be undone. */
export async function removeOldMerges({ write }: Pick<OpenDatabase, 'write'>): Promise<void> {
  while ((await deleteSomeOldMerges(write, batchSize)) === batchSize);
}
