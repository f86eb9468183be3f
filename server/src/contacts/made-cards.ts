import type { OpenDatabase } from '../db/database.ts'
import { createPace } from '../pace.ts'
import { cardOf } from './card-of.ts'
import { findContactFiles, isMade, type FileRow } from './store/card-files.ts'
import { fromColumns } from './store/columns.ts'
import { inBook, type Author, type LockedBook } from './store/locked-book.ts'
import { labelNames } from './store/queries.ts'
import { findUntagged, keepMadeCards } from './store/write-files.ts'

/** Contacts in one transaction, so that other work need not wait long. */
export const cardsAtOnce = 200

/**
 * Gives a card to every contact of the owner that has none, so that each is a file whose octets and
 * entity tag stay as they are. For those who sync; where all have one, this is one look at an index.
 */
export async function makeMissingCards(
  database: Pick<OpenDatabase, 'read' | 'transaction'>,
  author: Author,
): Promise<void> {
  const [first] = await findUntagged(database.read, author.ownerId, 1)
  if (!first) return
  // Whoever writes as fast as cards are made does not keep this from an end.
  while ((await inBook(database, author, makeSome)) === cardsAtOnce);
}

/** @returns for how many contacts */
async function makeSome(book: LockedBook): Promise<number> {
  const found = await findUntagged(book.ask, book.ownerId, cardsAtOnce)
  await makeCards(
    book,
    found.map(({ id }) => id),
  )
  return found.length
}

/** The same for those of these contacts that are in use and have no card. */
export async function makeCards(book: LockedBook, ids: readonly string[]): Promise<void> {
  const { ask, ownerId } = book
  const found = await findContactFiles(ask, ownerId, ids)
  const rows = found.filter((row) => !isMade(row))
  const names = await labelNames(ask, ownerId, [...new Set(rows.flatMap((row) => row.label_ids))])
  const pace = createPace()
  const made = []
  for (const row of rows) {
    made.push({ row, card: cardOfRow(row, names), isNew: row.card === null })
    await pace()
  }
  await keepMadeCards(book, made)
}

function cardOfRow(row: FileRow, names: ReadonlyMap<string, string>) {
  if (row.card !== null) return { version: row.card_version ?? '3.0', text: row.card }
  const categories = row.label_ids.flatMap((id) => names.get(id) ?? [])
  const contact = fromColumns(row)
  const details = { version: '3.0', rev: new Date(row.updated_at), categories } as const
  return { version: '3.0', text: cardOf({ ...row, contact }, details) }
}
