import type { ListedMerge } from './list-merges.ts'
import type { Merge } from './schema.ts'

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
