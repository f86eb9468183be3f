import type { Ask } from '../../db/ask.ts'
import { fromArrays, inArrays, type Arrays } from '../../db/columns.ts'
import { firstBookId, listedGroup, timesInMs, type ListedFile } from './card-files.ts'

// Few enough that others are served in between.
const listedAtOnce = 1_000

/** All files of a book, contacts in the order of their ids and then groups, some at a time. */
export async function* listFiles(
  read: Ask,
  ownerId: string,
  bookId: string,
): AsyncGenerator<ListedFile[]> {
  yield* listContacts(read, ownerId, bookId)
  yield read<ListedFile>(groupListing, [ownerId, bookId])
}

async function* listContacts(read: Ask, ownerId: string, bookId: string) {
  const pages = inPages(listedAtOnce, async (after) => {
    const [page] = await read<Arrays>(listing, [ownerId, bookId, after, listedAtOnce])
    return fromArrays<ListedContact>(listedNames, new Set(), page ?? {})
  })
  for await (const page of pages) {
    yield page.map((row): ListedFile => Object.assign(row, { book_id: bookId, is_group: false }))
  }
}

/** What differs from contact to contact. */
type ListedContact = Omit<ListedFile, 'book_id' | 'is_group'>

const listedNames = [
  'id',
  'modseq',
  'created_at',
  'updated_at',
  'card_name',
  'card_etag',
  'card_size',
] as const satisfies (keyof ListedContact)[]

const listing = `select ${inArrays(listedNames)} from (
      select id, modseq, ${timesInMs}, card_name, card_etag, card_size from contacts
      where owner_id = $1 and book_id = $2 and id > $3 and deleted_at is null order by id limit $4
    ) page`
const groupListing = `select ${listedGroup} from group_cards
    where group_cards.owner_id = $1 and book_id = $2 and file_id is not null order by file_id`

// In octets of cards, some of which hold photos.
const octetsAtOnce = 1024 * 1024

/** Files in parts whose cards are few enough to be read together. */
export function* inParts<File extends ListedFile>(files: readonly File[]): Generator<File[]> {
  let part: File[] = []
  let octets = 0
  for (const file of files) {
    const size = file.card_size ?? 0
    if (part.length > 0 && octets + size > octetsAtOnce) {
      yield part
      part = []
      octets = 0
    }
    part.push(file)
    octets += size
  }
  if (part.length > 0) yield part
}

/** The texts of cards by the ids of their files. */
export async function findCards(
  read: Ask,
  ownerId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await read<{ id: string; card: string }>(cardsById, [ownerId, ids])
  return new Map(rows.map(({ id, card }) => [id, card]))
}

const cardsById = `select contact_id as id, card from contact_cards
    where owner_id = $1 and contact_id = any ($2::uuid[])
    union all
    select file_id, card from group_cards where owner_id = $1 and file_id = any ($2::uuid[])`

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
