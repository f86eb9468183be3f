import type { Ask } from '../../db/ask.ts'
import { placesAfter } from '../../db/bind.ts'
import { cardEtag } from './card-etag.ts'
import { firstBookId } from './card-files.ts'
import { columnValues, contactColumnNames, contactColumns } from './contact-columns.ts'
import type { Author, LockedBook } from './locked-book.ts'
import type { CardedRow } from './rows.ts'
import type { Card, StoredContact } from './stored-contact.ts'
import { cardStep } from './write-steps.ts'

/** A contact that comes as a file. */
export type NewFile = {
  id: string
  bookId: string
  name: string
  contact: StoredContact & { card: Card }
}

/**
 * Adds a contact with its card under the name of its file, and counts the change, in one statement.
 * @throws a violation of `contacts_uid_once` or `contacts_card_name_once`
 */
export async function insertFile(
  write: Ask,
  { ownerId, via }: Author,
  { id, bookId, name, contact }: NewFile,
): Promise<{ modseq: number; updated_at: string }> {
  const { version, text } = contact.card
  const values = [...columnValues(contact), via, bookId, name, version, text]
  const rows = await write<{ modseq: number; updated_at: string }>(inserting, [
    ownerId,
    id,
    ...values,
  ])
  return rows[0] as { modseq: number; updated_at: string }
}

const inserting = insertText()

function insertText(): string {
  const place = placesAfter(2)
  const places = contactColumns.map(({ type }) => (type ? `${place()}::${type}` : place()))
  const [via, bookId, name, version, card] = [place(), place(), place(), place(), place()]
  return `with owner as (
      insert into owners (id, modseq) values ($1, 1)
      on conflict (id) do update set modseq = owners.modseq + 1
      returning modseq
    ),
    changed as (
      insert into contacts (owner_id, id, ${contactColumnNames},
        created_via, book_id, card_name, created_modseq, modseq)
      select $1::uuid, $2::uuid, ${places.join(', ')}, ${via}, ${bookId}::uuid, ${name}, modseq, modseq
      from owner
      returning id, modseq, updated_at
    ),
    ${cardStep('changed', version ?? '', card ?? '')}
    select modseq, updated_at from changed`
}

/**
 * Gives a contact another place. The name that it had is noted for those who sync.
 * @param from the file as it was read in this locked book
 * @throws a violation of `contacts_uid_once` or `contacts_card_name_once`
 */
export async function moveFile(
  { ask, ownerId }: LockedBook,
  id: string,
  from: { bookId: string; name: string },
  to: { bookId: string; name: string },
): Promise<void> {
  await ask(
    `with owner as (update owners set modseq = modseq + 1 where id = $1 returning modseq),
    changed as (
      update contacts set book_id = $3, card_name = $4, modseq = owner.modseq from owner
      where contacts.owner_id = $1 and contacts.id = $2
      returning contacts.modseq
    )
    insert into freed_card_names (owner_id, book_id, card_name, modseq)
    select $1, $5, $6, modseq from changed
    on conflict (owner_id, book_id, card_name)
      do update set modseq = excluded.modseq, at = excluded.at`,
    [ownerId, id, to.bookId, to.name, from.bookId, from.name],
  )
}

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
  made: readonly { row: Pick<CardedRow, 'id'>; card: Card; isNew: boolean }[],
): Promise<void> {
  const records = made.map(({ row, card, isNew }) => ({
    id: row.id,
    version: card.version,
    card: isNew ? card.text : null,
    etag: cardEtag(card.text),
    size: Buffer.byteLength(card.text),
  }))
  await ask(
    `with made as (
      select * from json_to_recordset($2::json)
        as made (id uuid, version text, card text, etag text, size integer)
    ),
    card as (
      insert into contact_cards (owner_id, contact_id, version, card)
      select $1, id, version, card from made where card is not null
    )
    update contacts set card_etag = made.etag, card_size = made.size from made
    where contacts.owner_id = $1 and contacts.id = made.id`,
    [ownerId, JSON.stringify(records)],
  )
}

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
