import { from, manyRows, recordsIn, sql, step, writeOf } from '../../db/steps.ts'
import type { LockedBook } from './locked-book.ts'
import type { WholeRow } from './rows.ts'
import { snapshotOf } from './snapshot.ts'
import { countChanges, ownerOfMany, revisionStep, tombstoneStep, trashing } from './write-steps.ts'

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
  await ask(trashingAll, [ownerId, JSON.stringify(records), records.length, actorId, via])
}

const next = recordsIn('$2', 'next', 'number integer, id uuid, snapshot jsonb')
const changed = manyRows('changed', 'id uuid, modseq bigint, book_id uuid, card_name text')

/** By owner, records, their number, and the author of the revisions. */
const trashingAll = writeOf({
  records: [next],
  steps: [
    countChanges('$3::integer'),
    step(
      changed,
      sql`update contacts set ${trashing}, modseq = owner.before + next.number${from(next, ownerOfMany)}
      where contacts.owner_id = $1 and contacts.id = next.id
      returning contacts.id, contacts.modseq, contacts.book_id, contacts.card_name`,
    ),
    revisionStep([changed, next], {
      actorId: '$4',
      via: '$5',
      operation: `'deleted'`,
      snapshot: 'next.snapshot',
      card: '(select card from contact_cards where owner_id = $1 and contact_id = changed.id)',
    }),
    tombstoneStep(changed),
  ],
  answer: { of: changed, columns: 'id' },
})
