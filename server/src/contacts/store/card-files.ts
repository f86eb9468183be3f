import { contactFormats } from '../../book/formats.ts'
import type { Ask } from '../../db/ask.ts'
import { wholeColumns, type CardedRow } from './rows.ts'

// Contacts, and the cards of groups, as the files of address books.

/** The book that every owner has. */
export const firstBookId = '00000000-0000-0000-0000-000000000000'

/** Where a contact is as a file, and what its octets are. */
export type FileColumns = {
  book_id: string
  /** null for the name that is made of the id. */
  card_name: string | null
  /** null for a contact that has no card yet. */
  card_etag: string | null
  card_size: number | null
}

/** As ISO 8601, or in milliseconds since 1970 where many are read and hardly any is shown. */
type Time = string | number

/** A file as a listing of a book shows it. */
export type ListedFile = FileColumns & {
  id: string
  modseq: number
  created_at: Time
  updated_at: Time
  /** Whether it is the card of a group. */
  is_group: boolean
}

/** The same with its card. */
export type ReadFile = ListedFile & {
  uid: string | null
  card: string | null
  card_version: string | null
}

/** The same of a file whose octets are known: the only one whose entity tag may be shown. */
export type TaggedFile = ListedFile & { card_etag: string }
/** The same with these octets. */
export type MadeFile = ReadFile & Made
type Made = { card: string; card_etag: string }

/** Whether the octets of a file are known. */
export function isMade<File extends Pick<ReadFile, keyof Made>>(file: File): file is File & Made {
  return file.card !== null && file.card_etag !== null
}

/** A contact with everything that is stored of it. */
export type FileRow = CardedRow & FileColumns

export function fileName({ id, card_name }: Pick<ListedFile, 'id' | 'card_name'>): string {
  return card_name ?? `${id}.vcf`
}

/** The id in a name that was made of one. */
export function idIn(name: string): string | null {
  const id = name.slice(0, -'.vcf'.length)
  const isOurs = name.endsWith('.vcf') && contactFormats.uuid.isValid(id) && id === id.toLowerCase()
  return isOurs ? id : null
}

const fileColumns = 'contacts.book_id, contacts.card_name, contacts.card_etag, contacts.card_size'
export const listedColumns = `contacts.id, contacts.modseq, contacts.created_at, contacts.updated_at,
    ${fileColumns}, false as is_group`
export const readColumns = `${listedColumns}, contacts.uid, card, version as card_version`
export const timesInMs = `1000 * date_part('epoch', contacts.created_at) as created_at,
    1000 * date_part('epoch', contacts.updated_at) as updated_at`
export const listedGroup = `file_id as id, group_cards.modseq, group_cards.created_at,
    group_cards.updated_at, book_id, card_name, card_etag, card_size, true as is_group`
export const readGroup = `${listedGroup}, null as uid, card, version as card_version`

/** Contacts by the names of their files, one by one through their indexes. */
const contactsByName = `select same.* from unnest($3::text[]) as wanted (name) cross join lateral (
        select * from contacts
        where owner_id = $1 and book_id = $2 and card_name = wanted.name and deleted_at is null
        limit 1
      ) same
      union all
      select same.* from unnest($4::uuid[]) as wanted (id) cross join lateral (
        select * from contacts where owner_id = $1 and id = wanted.id limit 1
      ) same where book_id = $2 and card_name is null and deleted_at is null`
const withCards = `left join lateral (
      select card, version from contact_cards where owner_id = $1 and contact_id = contacts.id limit 1
    ) contact_cards on true`
const whole = `cross join lateral (
      select * from contacts where owner_id = $1 and id = named.id limit 1
    ) contacts ${withCards}`

/** The files with these names in a book. */
export function findFiles(
  read: Ask,
  ownerId: string,
  { bookId, names }: { bookId: string; names: readonly string[] },
): Promise<ReadFile[]> {
  return read<ReadFile>(filesByName, [ownerId, bookId, names, idsIn(names)])
}

const filesByName = `select ${readColumns} from (${contactsByName}) contacts ${withCards}
    union all
    select ${readGroup} from group_cards
    where group_cards.owner_id = $1 and book_id = $2 and card_name = any ($3::text[])`

/** The file with this name in a book. */
export async function findFile(
  read: Ask,
  ownerId: string,
  bookId: string,
  name: string,
): Promise<ReadFile | undefined> {
  const contact = await findOne<ReadFile>(read, readByName, ownerId, bookId, name)
  if (contact) return contact
  const [group] = await read<ReadFile>(groupByName, [ownerId, bookId, name])
  return group
}

/** The contact whose file has this name, with all that a write needs. */
export function findContactFile(
  read: Ask,
  ownerId: string,
  bookId: string,
  name: string,
): Promise<FileRow | undefined> {
  return findOne<FileRow>(read, wholeByName, ownerId, bookId, name)
}

/** By the name that a client gave it, or else by its id. Plain statements, whose plans are kept. */
async function findOne<Row>(
  read: Ask,
  { byName, byId }: { byName: string; byId: string },
  ownerId: string,
  bookId: string,
  name: string,
): Promise<Row | undefined> {
  const [named] = await read<Row & object>(byName, [ownerId, bookId, name])
  const id = idIn(name)
  if (named || id === null) return named
  const [row] = await read<Row & object>(byId, [ownerId, bookId, id])
  return row
}

const readByName = byNameOf(readColumns)
const wholeByName = byNameOf(`${wholeColumns}, ${fileColumns}, card, version as card_version`)

function byNameOf(columns: string) {
  const select = `select ${columns} from contacts left join contact_cards
      on contact_cards.owner_id = $1 and contact_cards.contact_id = contacts.id
    where contacts.owner_id = $1 and contacts.book_id = $2 and contacts.deleted_at is null`
  return {
    byName: `${select} and contacts.card_name = $3`,
    byId: `${select} and contacts.id = $3 and contacts.card_name is null`,
  }
}

const groupByName = `select ${readGroup} from group_cards
    where group_cards.owner_id = $1 and book_id = $2 and card_name = $3`

function idsIn(names: readonly string[]): string[] {
  return names.flatMap((name) => idIn(name) ?? [])
}

/** Contacts in use by their ids, in any book, with all that is stored of them. */
export function findContactFiles(read: Ask, ownerId: string, ids: readonly string[]) {
  return read<FileRow>(
    `select ${wholeColumns}, ${fileColumns}, card, version as card_version
    from unnest($2::uuid[]) as named (id) ${whole} where contacts.deleted_at is null`,
    [ownerId, ids],
  )
}

/** The files with these ids, of contacts in use and of groups. */
export function findFilesById(read: Ask, ownerId: string, ids: readonly string[]) {
  return read<ReadFile>(
    `select ${readColumns} from unnest($2::uuid[]) as named (id) ${whole}
    where contacts.deleted_at is null
    union all
    select ${readGroup} from group_cards
    where group_cards.owner_id = $1 and file_id = any ($2::uuid[])`,
    [ownerId, ids],
  )
}
