import { head, type Head, type Range } from '../changes/queries.ts'
import { firstBookId } from '../contacts/store/card-files.ts'
import { changedFiles, toChangedFiles, type ChangedFile } from '../contacts/store/changed-files.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import { countChange, owner } from '../contacts/store/write-steps.ts'
import type { Ask } from '../db/ask.ts'
import type { Arrays } from '../db/columns.ts'
import { from, rowsOf, sql, step, writeOf } from '../db/steps.ts'
import { firstBookSlug, type Place } from './paths.ts'
import type { Book } from './resource.ts'
import type { Name } from './xml/names.ts'
import { asKept, type Xml } from './xml/write-xml.ts'

/** Where a book is, and whether every contact and group is a file whose octets are known. */
type BookState = Head & { is_ready: boolean }

const bookState = `${head}, not exists (
        select from contacts where owner_id = $1 and card_etag is null and deleted_at is null
      ) and not exists (
        select from group_cards where owner_id = $1 and checked_modseq < owners.modseq
      ) as is_ready`

/** @returns undefined for a new account */
export async function findBookState(read: Ask, ownerId: string): Promise<BookState | undefined> {
  const rows = await read<BookState>(`select ${bookState} from owners where id = $1`, [ownerId])
  return rows[0]
}

/** What has changed in a book, and where it is then. @returns undefined for a new account */
export async function readBookChanges(
  read: Ask,
  ownerId: string,
  bookId: string,
  { after, start, limit }: Omit<Range, 'upTo'>,
): Promise<{ head: BookState; rows: ChangedFile[] } | undefined> {
  const values = [ownerId, bookId, after, Math.max(after, start), limit]
  const [row] = await read<BookState & Arrays>(bookChanges, values)
  return row && { head: row, rows: toChangedFiles(row, bookId) }
}

const bookChanges = `select ${bookState}, changed.*
    from owners cross join lateral (${changedFiles}) changed where owners.id = $1`

/** The owner's books beside the first one, oldest first. */
export function findBooks(read: Ask, ownerId: string): Promise<Book[]> {
  return read<Book>('select id, slug, modseq from address_books where owner_id = $1 order by id', [
    ownerId,
  ])
}

export async function findBook(
  read: Ask,
  ownerId: string,
  slug: string,
): Promise<Book | undefined> {
  const rows = await read<Book>(
    'select id, slug, modseq from address_books where owner_id = $1 and slug = $2',
    [ownerId, slug],
  )
  return rows[0]
}

/** Whether a further book is there, which then stays until the commit. */
export async function hasBook({ ask, ownerId }: LockedBook, id: string): Promise<boolean> {
  const there = 'select from address_books where owner_id = $1 and id = $2'
  return (await ask(there, [ownerId, id])).length > 0
}

/** @throws a violation of `address_books_slug_once` */
export async function insertBook(
  { ask, ownerId }: LockedBook,
  { id, slug }: Pick<Book, 'id' | 'slug'>,
): Promise<void> {
  await ask(insertingBook, [ownerId, id, slug])
}

const insertingBook = writeOf({
  steps: [
    countChange,
    step(
      'book',
      sql`insert into address_books (owner_id, id, slug, modseq)
    ${rowsOf({ values: '$1, $2, $3, owner.modseq', from: [owner] })}`,
    ),
  ],
})

/** @throws a violation of `address_books_slug_once` */
export async function updateSlug({ ask, ownerId }: LockedBook, id: string, slug: string) {
  await ask(renamingBook, [ownerId, id, slug])
}

const renamingBook = writeOf({
  steps: [
    countChange,
    step(
      'book',
      sql`update address_books set slug = $3, modseq = owner.modseq${from(owner)}
    where owner_id = $1 and address_books.id = $2`,
    ),
  ],
})

/**
 * Deletes a book with the cards of its groups, whose labels stay. Counts as a change, by which a write that
 * found the book before it waited for the lock knows.
 */
export async function deleteBook({ ask, ownerId }: LockedBook, id: string): Promise<void> {
  await ask('delete from group_cards where owner_id = $1 and book_id = $2', [ownerId, id])
  await ask(deletingBook, [ownerId, id])
  await ask('delete from dav_properties where owner_id = $1 and resource = $2', [ownerId, id])
}

const deletingBook = writeOf({
  steps: [
    countChange,
    step('book', sql`delete from address_books where owner_id = $1 and id = $2`),
  ],
})

/** What a client has written, with the language that it is in where that was said. */
export type StoredValue = { value: Xml; lang: string | undefined }

/** What clients have written of a resource, or of all, by the keys of these. */
export type StoredProperties = ReadonlyMap<string, ReadonlyMap<Name, StoredValue>>

export const noStored: StoredProperties = new Map()

type StoredRow = { resource: string; name: Name; value: string; lang: string | null }

/** @param place of the only resource that is wanted; more may be found */
export async function findStoredProperties(
  read: Ask,
  ownerId: string,
  place?: Place,
): Promise<StoredProperties> {
  const rows = await read<StoredRow>(
    `select resource, name, value, lang from dav_properties
    where owner_id = $1 and ($2::text is null or resource = $2) order by name`,
    [ownerId, place ? keyAt(place) : null],
  )
  const found = new Map<string, Map<Name, StoredValue>>()
  for (const { resource, name, value, lang } of rows) {
    const stored = { value: asKept(value), lang: lang ?? undefined }
    found.getOrInsertComputed(resource, () => new Map()).set(name, stored)
  }
  return found
}

/** Under which the properties of a place are stored, as far as the place alone shows it. */
function keyAt(place: Place): string | null {
  if (place.kind === 'principal' || place.kind === 'home') return place.kind
  return place.kind === 'book' && place.slug === firstBookSlug ? firstBookId : null
}

/** How many properties a resource has, and how many octets the values of all of them take. */
export async function measureStoredProperties(ask: Ask, ownerId: string, resource: string) {
  const rows = await ask<{ count: number; octets: number }>(
    `select count(*) filter (where resource = $2) as count,
      coalesce(sum(octet_length(value)), 0)::bigint as octets
    from dav_properties where owner_id = $1`,
    [ownerId, resource],
  )
  return rows[0] ?? { count: 0, octets: 0 }
}

/** Gives a resource what clients have written of another one (RFC 4918, 9.8.2). */
export async function copyStoredProperties(
  { ask, ownerId }: LockedBook,
  from: string,
  to: string,
): Promise<void> {
  await ask(
    `insert into dav_properties (owner_id, resource, name, value, lang)
    select owner_id, $3, name, value, lang from dav_properties where owner_id = $1 and resource = $2`,
    [ownerId, from, to],
  )
}

/** A property that is to be set, or removed where its value is null. */
export type PropertyChange = { name: Name; value: Xml | null; lang: string | null }

export async function changeStoredProperties(
  { ask, ownerId }: LockedBook,
  resource: string,
  changes: readonly PropertyChange[],
): Promise<void> {
  for (const { name, value, lang } of changes) {
    if (value === null) {
      await ask('delete from dav_properties where owner_id = $1 and resource = $2 and name = $3', [
        ownerId,
        resource,
        name,
      ])
    } else {
      await ask(
        `insert into dav_properties (owner_id, resource, name, value, lang)
        values ($1, $2, $3, $4, $5)
        on conflict (owner_id, resource, name)
          do update set value = excluded.value, lang = excluded.lang`,
        [ownerId, resource, name, value, lang],
      )
    }
  }
}
