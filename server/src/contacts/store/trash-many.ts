import type { LockedBook } from './locked-book.ts'
import type { WholeRow } from './rows.ts'
import { snapshotOf } from './snapshot.ts'
import { revisionStep, tombstoneStep, trashing } from './write-steps.ts'

/**
 * Moves contacts to the trash as they are, with a revision and a tombstone for each. The rows were read
 * in the same locked book.
 */
export async function trashMany(
  { ask, ownerId, actorId, via }: LockedBook,
  rows: readonly WholeRow[],
): Promise<void> {
  if (rows.length === 0) return
  const records = rows.map((row, at) => ({ number: at + 1, id: row.id, snapshot: snapshotOf(row) }))
  await ask(text, [ownerId, JSON.stringify(records), records.length, actorId, via])
}

/** By owner, records, their number, and the author of the revisions. */
const text = `with owner as (
      update owners set modseq = modseq + $3::integer where id = $1
      returning modseq - $3::integer as before
    ),
    next as (
      select * from json_to_recordset($2::json) as next (number integer, id uuid, snapshot jsonb)
    ),
    changed as (
      update contacts set ${trashing}, modseq = owner.before + next.number
      from next, owner
      where contacts.owner_id = $1 and contacts.id = next.id
      returning contacts.id, contacts.modseq, contacts.book_id, contacts.card_name
    ),
    ${revisionStep({
      from: 'changed join next using (id)',
      actorId: '$4',
      via: '$5',
      operation: `'deleted'`,
      snapshot: 'next.snapshot',
      card: '(select card from contact_cards where owner_id = $1 and contact_id = changed.id)',
    })},
    ${tombstoneStep}
    select id from changed`
