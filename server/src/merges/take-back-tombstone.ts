import { firstBookId } from '../contacts/store/card-files.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import { freeCardName } from '../contacts/store/write-steps.ts'
import { from, oneRow, sql, step, writeOf } from '../db/steps.ts'

/**
 * Takes back that a contact is gone which was added anew: it is the file again that its tombstone names,
 * unless another file has taken that name, or the address book is gone.
 */
export async function takeBackTombstone({ ask, ownerId }: LockedBook, contactId: string) {
  await ask(takingBack, [ownerId, contactId, firstBookId])
}

const gone = oneRow('gone', 'book_id uuid, card_name text')
const takingBack = writeOf({
  steps: [
    step(
      gone,
      sql`delete from tombstones where owner_id = $1 and contact_id = $2
      returning book_id, card_name`,
    ),
    step(
      'contact',
      sql`update contacts set book_id = gone.book_id,
      card_name = ${freeCardName('gone.card_name', 'gone.book_id')}${from(gone)}
    where contacts.owner_id = $1 and contacts.id = $2 and (
      gone.book_id = $3 or exists (
        select from address_books where owner_id = $1 and address_books.id = gone.book_id
      )
    )`,
    ),
  ],
})
