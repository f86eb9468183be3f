import type { Ask } from '../../db/ask.ts'
import { from, oneRow, recordsIn, rowsOf, sql, step, writeOf } from '../../db/steps.ts'
import { cardEtag } from './card-etag.ts'
import { firstBookId } from './card-files.ts'
import type { LockedBook } from './locked-book.ts'
import type { CardedRow } from './rows.ts'
import type { Card } from './stored-contact.ts'
import { countChanges, ownerOfMany } from './write-steps.ts'

/**
 * Gives a contact another place. The name that it had is noted for those who sync, as a change of its own: an answer
 * that is cut between the two goes on with it.
 * @param old the file as it was read in this locked book
 * @throws a violation of `contacts_uid_once` or `contacts_card_name_once`
 */
export async function moveFile(
  { ask, ownerId }: LockedBook,
  id: string,
  old: { bookId: string; name: string },
  to: { bookId: string; name: string },
): Promise<void> {
  await ask(moving, [ownerId, id, to.bookId, to.name, old.bookId, old.name])
}

const moved = oneRow('changed', 'modseq bigint')
const moving = writeOf({
  steps: [
    countChanges('2'),
    step(
      moved,
      sql`update contacts set book_id = $3, card_name = $4, modseq = owner.before + 1${from(ownerOfMany)}
      where contacts.owner_id = $1 and contacts.id = $2
      returning contacts.modseq`,
    ),
    step(
      'freed',
      sql`insert into freed_card_names (owner_id, book_id, card_name, modseq)
    ${rowsOf({ values: '$1, $5, $6, changed.modseq + 1', from: [moved] })}
    on conflict (owner_id, book_id, card_name)
      do update set modseq = excluded.modseq, at = excluded.at`,
    ),
  ],
})

/** A contact in use without an entity tag: most have no card yet. */
export function findUntagged(ask: Ask, ownerId: string, limit: number) {
  return ask<{ id: string }>(
    `select id from contacts where owner_id = $1 and card_etag is null and deleted_at is null
    order by id limit $2`,
    [ownerId, limit],
  )
}

/**
 * Keeps the cards that were made of contacts without one. Nothing of the contacts changes by it, and so
 * neither does their revision.
 */
export async function keepMadeCards(
  { ask, ownerId }: LockedBook,
  cards: readonly { row: Pick<CardedRow, 'id'>; card: Card; isNew: boolean }[],
): Promise<void> {
  const records = cards.map(({ row, card, isNew }) => ({
    id: row.id,
    version: card.version,
    card: isNew ? card.text : null,
    etag: cardEtag(card.text),
    size: Buffer.byteLength(card.text),
  }))
  await ask(keeping, [ownerId, JSON.stringify(records)])
}

const made = recordsIn('$2', 'made', 'id uuid, version text, card text, etag text, size integer')
const keeping = writeOf({
  records: [made],
  steps: [
    step(
      'card',
      sql`insert into contact_cards (owner_id, contact_id, version, card)
      ${rowsOf({ values: '$1, id, version, card', from: [made], where: 'card is not null' })}`,
    ),
    step(
      'contact',
      sql`update contacts set card_etag = made.etag, card_size = made.size${from(made)}
    where contacts.owner_id = $1 and contacts.id = made.id`,
    ),
  ],
})

/** Some contacts of a book, those in the trash not among them. */
export async function findSomeIn(ask: Ask, ownerId: string, bookId: string, limit: number) {
  const rows = await ask<{ id: string }>(
    `select id from contacts where owner_id = $1 and book_id = $2 and deleted_at is null
    order by id limit $3`,
    [ownerId, bookId, limit],
  )
  return rows.map(({ id }) => id)
}

/** Puts what is left of a book, all of it in the trash, into the first one. */
export async function emptyBook({ ask, ownerId }: LockedBook, bookId: string): Promise<void> {
  await ask(
    `update contacts set book_id = $3, card_name = null
    where owner_id = $1 and book_id = $2 and deleted_at is not null`,
    [ownerId, bookId, firstBookId],
  )
}
