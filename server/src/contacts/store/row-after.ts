import type { CardedRow, WholeRow } from './rows.ts'
import type { StoredContact } from './stored-contact.ts'

/** What only the database knows of a contact that was written. */
export type Revised = Pick<WholeRow, 'modseq' | 'created_at' | 'updated_at'>

/** The row of a contact as a write has left it in use, with which it need not be read again. */
export function rowAfter(
  id: string,
  { columns, labelIds, uid, photoHash, card }: StoredContact,
  revised: Revised,
  created: Pick<WholeRow, 'created_via' | 'created_modseq'>,
): CardedRow {
  const { search: _search, notes_search: _notesSearch, ...person } = columns
  return {
    ...person,
    ...revised,
    id,
    uid,
    label_ids: labelIds,
    photo_hash: photoHash,
    created_via: created.created_via,
    created_modseq: created.created_modseq,
    deleted_at: null,
    card: card?.text ?? null,
    card_version: card?.version ?? null,
  }
}
