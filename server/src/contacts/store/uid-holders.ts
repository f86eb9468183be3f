import { uidForms, uidKey } from '../../book/uid.ts'
import type { Ask } from '../../db/ask.ts'
import { firstBookId } from './card-files.ts'
import type { LockedBook } from './locked-book.ts'
import { hasUidInAnyCase } from './uid-in-any-case.ts'

// A UID is unique in its book (RFC 6352, 5.1), among contacts and groups alike. Whatever gives a file a UID asks
// here, in a locked book, whether another file has it.

/** A UID, and the book in which it is to be. */
export type PlacedUid = { bookId: string; uid: string }

/** The file that has a UID: of a contact in use, or of a group. */
export type UidHolder = {
  /** null for a group that nobody has listed yet. */
  id: string | null
  card_name: string | null
  is_group: boolean
}

/** The files that have a UID in a book, however they spell it. */
export async function findUidHolders(
  read: Ask,
  ownerId: string,
  placed: PlacedUid,
): Promise<UidHolder[]> {
  const [holders = []] = await findHoldersOfEach(read, ownerId, [placed])
  return holders
}

/** The same of each of several UIDs, in their order. */
export async function findHoldersOfEach(
  read: Ask,
  ownerId: string,
  placed: readonly PlacedUid[],
): Promise<UidHolder[][]> {
  if (placed.length === 0) return []
  const forms = placed.map(({ uid, bookId }, at) => ({ ...uidForms(uid), uid, bookId, at }))
  const spelled = forms.flatMap(({ spellings, ...one }) =>
    spellings.map((spelling) => ({ ...one, spelling })),
  )
  const named = forms.filter(({ id }) => id !== null)
  const rows = await read<UidHolder & { at: number; uid: string | null }>(holders, [
    ownerId,
    ...inColumns(spelled, ({ spelling }) => spelling),
    ...inColumns(named, ({ id }) => id),
    ...inColumns(forms, ({ uid }) => uidKey(uid)),
  ])
  const found: UidHolder[][] = placed.map(() => [])
  for (const { at, uid, ...holder } of rows) {
    const isOther = uid !== null && uidKey(uid) !== uidKey(placed[at]?.uid ?? '')
    if (!isOther) found[at]?.push(holder)
  }
  return found
}

type Wanted = { bookId: string; at: number }

function inColumns<One extends Wanted>(wanted: readonly One[], keyOf: (one: One) => string | null) {
  return [wanted.map(keyOf), wanted.map(({ bookId }) => bookId), wanted.map(({ at }) => at)]
}

// One by one through their indexes: of all at once PostgreSQL would go through the whole book.
const holders = `select at, same.id, card_name, false as is_group, same.uid
    from unnest($2::text[], $3::uuid[], $4::integer[]) as wanted (uid, book_id, at) cross join lateral (
      select id, card_name, uid from contacts
      where owner_id = $1 and book_id = wanted.book_id and ${hasUidInAnyCase('wanted.uid')} offset 0
    ) same
    union all
    select at, same.id, card_name, false, null
    from unnest($5::uuid[], $6::uuid[], $7::integer[]) as wanted (id, book_id, at) cross join lateral (
      select id, card_name from contacts
      where owner_id = $1 and id = wanted.id and book_id = wanted.book_id and uid is null
        and deleted_at is null limit 1
    ) same
    union all
    select at, same.id, card_name, true, null
    from unnest($8::text[], $9::uuid[], $10::integer[]) as wanted (key, book_id, at) cross join lateral (
      select file_id as id, card_name from group_cards
      where owner_id = $1 and uid_key = wanted.key and book_id = wanted.book_id
    ) same`

/** The UIDs of contacts, their ids where they have no other, and their books; of those in the trash as well. */
export async function findPlacedUids(
  read: Ask,
  ownerId: string,
  ids: readonly string[],
): Promise<Map<string, PlacedUid>> {
  if (ids.length === 0) return new Map()
  const rows = await read<PlacedUid & { id: string }>(
    `select id, book_id as "bookId", coalesce(uid, id::text) as uid from contacts
    where owner_id = $1 and id = any ($2::uuid[])`,
    [ownerId, ids],
  )
  return new Map(rows.map(({ id, ...placed }) => [id, placed]))
}

/**
 * Whether another file has the UID that a contact is to have.
 * @param uid undefined for the one that it has
 */
export async function isUidTaken(
  { ask, ownerId }: LockedBook,
  id: string,
  uid?: string,
): Promise<boolean> {
  const placed = (await findPlacedUids(ask, ownerId, [id])).get(id)
  const wanted = { bookId: placed?.bookId ?? firstBookId, uid: uid ?? placed?.uid ?? id }
  const holders = await findUidHolders(ask, ownerId, wanted)
  return holders.some((holder) => holder.id !== id)
}
