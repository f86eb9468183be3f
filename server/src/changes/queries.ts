import { randomInt } from 'node:crypto'
import {
  columnList,
  personColumnNames,
  shownColumnNames,
  wholeColumnNames,
  type PersonRow,
  type ShownRow,
  type WholeRow,
} from '../contacts/store/rows.ts'
import type { Ask } from '../db/ask.ts'
import type { Aging } from '../db/purge.ts'

/** For how long a position is good. */
export const maxPositionAgeDays = 180

const maxEpoch = 2 ** 48 - 1

/** How far a book has come. */
export type Head = {
  /** The number of its last change. */
  modseq: number
  epoch: number
  /** In days since 1970, by the database's clock. */
  today: number
}

/** What of `owners` a {@link Head} is. */
export const head = `owners.modseq, owners.epoch,
    floor(extract(epoch from now()) / 86400)::integer as today`

export async function findHead(read: Ask, ownerId: string): Promise<Head | undefined> {
  const rows = await read<Head>(`select ${head} from owners where id = $1`, [ownerId])
  return rows[0]
}

/** Makes the owner's row, which a new account lacks. @throws where the account is gone */
export async function insertOwner(write: Ask, ownerId: string): Promise<void> {
  await write('insert into owners (id) values ($1) on conflict (id) do nothing', [ownerId])
}

/** The heads of many books, by their owners: for all who listen in this process at once. */
export async function findHeads(
  read: Ask,
  ownerIds: readonly string[],
): Promise<Map<string, Head>> {
  const rows = await read<Head & { id: string }>(
    `select id, ${head} from owners where id = any ($1::uuid[])`,
    [ownerIds],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Makes every position worthless that was given out before, of all owners: what they say was seen may
 * be missing here, since a backup is older than they are.
 */
export async function renewEpochs(ask: Ask): Promise<void> {
  await ask('update owners set epoch = $1', [randomInt(maxEpoch)])
}

export async function countContacts(read: Ask, ownerId: string): Promise<number> {
  const rows = await read<{ count: number }>(
    'select count(*) from contacts where owner_id = $1 and deleted_at is null',
    [ownerId],
  )
  return rows[0]?.count ?? 0
}

/** How much is read of each contact. */
export type View = keyof RowOf
/** The same of what clients are shown. */
export type ShownView = 'simple' | 'full'
type RowOf = { simple: ShownRow; full: WholeRow; person: PersonRow }

/** The part of a row that says which change it is; what it is about is in the other columns. */
type ChangeColumns = {
  kind: 'contact' | 'removed' | 'label' | 'removed_label'
  changed_id: string
  change: number
  label_name: string
  label_colour: string | null
}
export type ChangeRow<V extends View> = ChangeColumns & RowOf[V]

/** Which changes: behind `after`, and of those that something is gone behind `start` too. */
export type Range = { after: number; start: number; upTo: number; limit: number }

/**
 * The changes of a book in their order, each thing once, as it is now. One statement, and so one
 * moment of the book.
 */
export function readChanges<V extends View>(
  read: Ask,
  ownerId: string,
  { after, start, upTo, limit }: Range,
  view: V,
): Promise<ChangeRow<V>[]> {
  const values = [ownerId, after, Math.max(after, start), upTo, limit]
  return read<ChangeRow<V>>(texts[view], values)
}

// Made once: the same string again finds its prepared statement at once.
const texts = {
  simple: changesText(shownColumnNames),
  full: changesText(wholeColumnNames),
  person: changesText(personColumnNames),
}

/** By owner, the change behind which contacts and labels, and removals, are read, up to where, limit. */
function changesText(columnNames: readonly string[]): string {
  return `with changed as (
      (
        select modseq, 'contact' as kind, id from contacts
        where owner_id = $1 and deleted_at is null and modseq > $2 and modseq <= $4
        order by modseq limit $5
      ) union all (
        select modseq, 'removed', contact_id from tombstones
        where owner_id = $1 and modseq > $3 and modseq <= $4 order by modseq limit $5
      ) union all (
        select modseq, 'label', id from labels
        where owner_id = $1 and name_key is not null and modseq > $2 and modseq <= $4
        order by modseq limit $5
      ) union all (
        select modseq, 'removed_label', label_id from label_tombstones
        where owner_id = $1 and modseq > $3 and modseq <= $4 order by modseq limit $5
      )
      order by modseq limit $5
    )
    select changed.kind, changed.id as changed_id, changed.modseq as change,
      labels.name as label_name, labels.colour as label_colour, ${columnList(columnNames)}
    from changed
    left join contacts on kind = 'contact' and contacts.owner_id = $1 and contacts.id = changed.id
    left join labels on kind = 'label' and labels.owner_id = $1 and labels.id = changed.id
    order by changed.modseq`
}

/**
 * What tells those who sync that something is gone, for longer than any position is good for: their age is
 * counted in whole days, and a deletion carries the time at which its transaction began.
 */
export const agingTraces: Aging[] = [
  { table: 'tombstones', key: 'contact_id' },
  { table: 'label_tombstones', key: 'label_id' },
  { table: 'freed_card_names', key: 'book_id, card_name' },
].map((one) => ({
  ...one,
  owner: 'owner_id',
  since: 'at',
  lifetime: `${maxPositionAgeDays + 10} days`,
}))
