import type { OpenDatabase } from '../db/database.ts'
import { createPace } from '../pace.ts'
import { cardOf } from './card-of.ts'
import { findContactFiles, type FileRow } from './store/card-files.ts'
import { fromColumns } from './store/columns.ts'
import { inBook, type Author, type LockedBook } from './store/locked-book.ts'
import { labelNames } from './store/queries.ts'
import { findUntagged, keepMadeCards } from './store/write-files.ts'

// Contacts in one transaction, so that other work need not wait long.
const batchSize = 200

/**
 * Gives a card to every contact of the owner that has none, so that each is a file whose octets and
 * entity tag stay as they are. For those who sync; where all have one, this is one look at an index.
 */
export async function makeMissingCards(
  database: Pick<OpenDatabase, 'read' | 'transaction'>,
  author: Author,
): Promise<void> {
  for (;;) {
    const [first] = await findUntagged(database.read, author.ownerId, 1)
    if (!first) return
    await inBook(database, author, makeSome)
  }
}

async function makeSome(book: LockedBook): Promise<void> {
  const { ask, ownerId } = book
  const ids = (await findUntagged(ask, ownerId, batchSize)).map(({ id }) => id)
  const rows = await findContactFiles(ask, ownerId, ids)
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
