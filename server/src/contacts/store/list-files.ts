import type { Ask } from '../../db/ask.ts'
import { fromArrays, inArrays, type Arrays } from '../../db/columns.ts'
import {
  firstBookId,
  groupsOf,
  listedColumns,
  listedGroup,
  readColumns,
  readGroup,
  type ListedFile,
  type ReadFile,
} from './card-files.ts'
import { timeColumns } from './rows.ts'

// Few enough that others are served in between.
const listedAtOnce = 2_000

/** All files of a book, contacts in the order of their ids and then groups, some at a time. */
export async function* listFiles(
  read: Ask,
  ownerId: string,
  bookId: string,
): AsyncGenerator<ListedFile[]> {
  yield* inPages(listedAtOnce, async (after) => {
    const [page] = await read<Arrays>(listing, [ownerId, bookId, after, listedAtOnce])
    return fromArrays<ListedFile>(listedNames, timeColumns, page ?? {})
  })
  yield read<ListedFile>(groupListing, [ownerId, bookId])
}

const listedNames = [
  'id',
  'modseq',
  'created_at',
  'updated_at',
  'book_id',
  'card_name',
  'card_etag',
  'card_size',
  'is_group',
] as const satisfies (keyof ListedFile)[]

const listing = `select ${inArrays(listedNames)} from (
      select ${listedColumns} from contacts
      where owner_id = $1 and book_id = $2 and id > $3 and deleted_at is null order by id limit $4
    ) page`
const groupListing = `select ${listedGroup} from ${groupsOf}
    where group_cards.owner_id = $1 and book_id = $2 and file_id is not null order by file_id`

// Fewer, since some cards hold photos.
const readAtOnce = 100

/** The same with their cards. */
export async function* readFiles(
  read: Ask,
  ownerId: string,
  bookId: string,
): AsyncGenerator<ReadFile[]> {
  yield* inPages(readAtOnce, (after) =>
    read<ReadFile>(reading, [ownerId, bookId, after, readAtOnce]),
  )
  yield read<ReadFile>(groupReading, [ownerId, bookId])
}

const reading = `select ${readColumns} from (
      select * from contacts
      where owner_id = $1 and book_id = $2 and id > $3 and deleted_at is null order by id limit $4
    ) contacts left join contact_cards
      on contact_cards.owner_id = $1 and contact_cards.contact_id = contacts.id
    order by contacts.id`
const groupReading = `select ${readGroup} from ${groupsOf}
    where group_cards.owner_id = $1 and book_id = $2 and file_id is not null order by file_id`

async function* inPages<Row extends { id: string }>(
  size: number,
  readBehind: (id: string) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let after = firstBookId; ;) {
    const rows = await readBehind(after)
    yield rows
    const last = rows.at(-1)
    if (!last || rows.length < size) return
    after = last.id
  }
}
