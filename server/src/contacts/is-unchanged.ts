import { isDeepStrictEqual } from 'node:util'
import type { CardedRow } from './store/rows.ts'
import type { StoredContact } from './store/stored-contact.ts'

/**
 * Whether a write would change nothing, so that it can leave the revision alone and nobody syncs for
 * it. The search text counts where it was read: a label's new name changes nothing else. The sort key
 * and the text of the notes follow from the rest, and those of an older version are no change.
 */
export function isUnchanged(
  before: CardedRow & { search?: string },
  { columns, labelIds, uid, photoHash, card }: StoredContact,
): boolean {
  const { search, doc, sort_key: _sortKey, notes_search: _notes, ...plain } = columns
  return (
    before.card === (card?.text ?? null) &&
    before.uid === uid &&
    before.photo_hash === photoHash &&
    (before.search === undefined || before.search === search) &&
    (Object.keys(plain) as (keyof typeof plain)[]).every((key) => before[key] === plain[key]) &&
    isDeepStrictEqual(before.label_ids, labelIds) &&
    isDeepStrictEqual(before.doc, doc)
  )
}
