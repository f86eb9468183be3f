import { uidKey } from '../../book/uid.ts'
import { findByUids } from '../../contacts/store/find-by-uid.ts'
import type { Ask } from '../../db/ask.ts'
import { isBlank, type Entry, type RowEntry } from '../file/entry.ts'
import { remark } from '../remarks/remark.ts'

/**
 * Our export writes an empty row for a contact known only by its card. On import it changes nothing;
 * if no contact has its UID, it fails as empty.
 */
export async function failBlankRows(
  ask: Ask,
  ownerId: string,
  entries: readonly Entry[],
): Promise<Entry[]> {
  const uids = entries.flatMap((entry) => (isBlankRow(entry) ? (entry.uid ?? []) : []))
  const known = uids.length === 0 ? new Map() : await findByUids(ask, ownerId, uids)
  return entries.map((entry) => {
    if (!isBlankRow(entry) || known.has(uidKey(entry.uid ?? ''))) return entry
    const { number, name, source } = entry
    return { kind: 'failed', number, name, remark: remark('row_empty'), source }
  })
}

function isBlankRow(entry: Entry): entry is RowEntry {
  return entry.kind === 'row' && isBlank(entry.contact)
}
