import type { Ask } from '../../db/ask.ts'
import { placesAfter } from '../../db/bind.ts'
import {
  from,
  manyRows,
  oneRow,
  recordsIn,
  rowsOf,
  sql,
  step,
  writeOf,
  type Write,
} from '../../db/steps.ts'
import { cardEtag } from './card-etag.ts'
import { firstBookId, formsOf, idIn, spelledIn } from './card-files.ts'
import { columnValues, contactColumnNames, contactColumns } from './contact-columns.ts'
import type { Author, LockedBook } from './locked-book.ts'
import type { CardedRow } from './rows.ts'
import type { Card, StoredContact } from './stored-contact.ts'
import {
  cardStep,
  countChanges,
  countFirstChange,
  countFirstChangeUnless,
  owner,
  ownerOfMany,
} from './write-steps.ts'

/** A contact that comes as a file. */
export type NewFile = {
  id: string
  bookId: string
  name: string
  contact: StoredContact & { card: Card }
}

type Written = { modseq: number; updated_at: string; card_etag: string }

/**
 * Adds a contact with its card under the name of its file, and counts the change, in one statement.
 * @throws a violation of `contacts_uid_once` or `contacts_card_name_once`
 */
export async function insertFile(write: Ask, author: Author, file: NewFile): Promise<Written> {
  const rows = await write<Written>(inserting, valuesOf(author, file))
  return rows[0] as Written
}

/**
 * The same, unless the name or the UID is taken, or a group names the card as its member: then nothing is
 * written. Most files that come are new, and for these it saves looking first.
 * @param memberKeys by which groups know the card
 * @throws as {@link insertFile} does, when another write has taken the name or the UID meanwhile
 */
export async function insertFileIfFree(
  write: Ask,
  author: Author,
  file: NewFile,
  memberKeys: readonly string[],
): Promise<Written | undefined> {
  const { spellings, id } = formsOf(file.contact.uid ?? file.id)
  const rows = await write<Written>(insertingIfFree, [
    ...valuesOf(author, file),
    idIn(file.name),
    spellings,
    id,
    memberKeys,
  ])
  return rows[0]
}

function valuesOf({ ownerId, via }: Author, { id, bookId, name, contact }: NewFile): unknown[] {
  const { version, text } = contact.card
  return [ownerId, id, ...columnValues(contact), via, bookId, name, version, text]
}

const file = oneRow('changed', 'id uuid')
const inserting = insertion(false)
const insertingIfFree = insertion(true)

function insertion(isGuarded: boolean): Write {
  const place = placesAfter(2)
  const places = contactColumns.map(({ type }) => (type ? `${place()}::${type}` : place()))
  const [via, bookId, name, version, card] = [place(), place(), place(), place(), place()]
  const [idOfName, spellings, idOfUid, memberKeys] = [place(), place(), place(), place()]
  const inUse = `owner_id = $1 and book_id = ${bookId}::uuid and deleted_at is null`
  const obstacle = manyRows('obstacle', '')
  const look = () =>
    step(
      obstacle,
      sql`select from contacts where ${inUse} and card_name = ${name}
      union all
      select from contacts where ${inUse} and id = ${idOfName}::uuid and card_name is null
      union all
      select from ${spelledIn(spellings)} cross join lateral (
        select from contacts where ${inUse} and uid = spelled.uid limit 1
      ) namesake
      union all
      select from contacts where ${inUse} and id = ${idOfUid}::uuid and uid is null
      union all
      select from group_cards
      where owner_id = $1 and book_id = ${bookId}::uuid and card_name = ${name}
      union all
      select from group_cards where owner_id = $1 and uid_key = any (${spellings}::text[])
      union all
      select from group_members where owner_id = $1 and member_key = any (${memberKeys}::text[])`,
    )
  return writeOf({
    steps: [
      ...(isGuarded ? [look()] : []),
      isGuarded ? countFirstChangeUnless(obstacle) : countFirstChange,
      step(
        file,
        sql`insert into contacts (owner_id, id, ${contactColumnNames},
        created_via, book_id, card_name, created_modseq, modseq)
      ${rowsOf({
        values: `$1::uuid, $2::uuid, ${places.join(', ')}, ${via}, ${bookId}::uuid, ${name},
        owner.modseq, owner.modseq`,
        from: [owner],
      })}
      returning id, modseq, updated_at, card_etag`,
      ),
      cardStep([file], { version: version ?? '', text: card ?? '' }),
    ],
    answer: { of: file, columns: 'modseq, updated_at, card_etag' },
  })
}

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
