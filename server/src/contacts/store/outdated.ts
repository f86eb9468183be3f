import type { Ask } from '../../db/ask.ts'
import type { Columns } from './columns.ts'
import { columnDefinitions, columnRecord, contactColumns } from './contact-columns.ts'
import { labelNames } from './queries.ts'
import { wholeColumns, type WholeRow } from './rows.ts'

// How much one transaction reads or writes.
const batchSize = 50
const pageSize = 100

/** The next owners behind an id, in the order of ids: none only when there are no more. */
export async function findOwners(read: Ask, after: string): Promise<string[]> {
  const rows = await read<{ id: string }>(
    `select id from owners where id > $1 order by id limit ${pageSize}`,
    [after],
  )
  return rows.map(({ id }) => id)
}

/** A contact whose columns are of an older version. */
export type OutdatedContact = {
  row: WholeRow
  /** The names of its labels. */
  labels: string[]
  /** Its card, if that says how the names are to be sorted. */
  sortingCard: string | null
}

/**
 * The next of the owner's contacts behind an id whose columns are older than a version, those in the
 * trash among them, in the order of ids: none only when there are no more.
 */
export async function findOutdated(
  read: Ask,
  ownerId: string,
  version: number,
  after: string,
): Promise<OutdatedContact[]> {
  const rows = await read<WholeRow & { card: string | null }>(
    `select ${wholeColumns}, card from (
      select * from contacts
      where owner_id = $1 and id > $2 and proj_version < $3 order by id limit ${batchSize}
    ) contacts left join contact_cards on contact_cards.owner_id = $1
      and contact_cards.contact_id = contacts.id and card ~* 'sort-(as|string)'
    order by id`,
    [ownerId, after, version],
  )
  const ids = new Set(rows.flatMap((row) => row.label_ids))
  const names = await labelNames(read, ownerId, [...ids])
  return rows.map(({ card, ...row }) => ({
    row,
    labels: row.label_ids.flatMap((id) => names.get(id) ?? []),
    sortingCard: card,
  }))
}

/** The contact as it was read, and its columns as they are to be. */
export type ProjectedContact = { row: WholeRow; columns: Columns }

/**
 * Writes the columns of contacts anew. A contact that was changed since it was read stays as it is by
 * now, and so does one that has the version already.
 * @returns how many were written
 */
export async function rewriteColumns(
  write: Ask,
  ownerId: string,
  version: number,
  contacts: readonly ProjectedContact[],
): Promise<number> {
  const records = contacts.map(({ row, columns }) => ({
    ...columnRecord({
      columns,
      labelIds: row.label_ids,
      uid: row.uid,
      photoHash: row.photo_hash,
      card: null,
    }),
    proj_version: version,
    id: row.id,
    modseq: row.modseq,
  }))
  const rows = await write(rewriting, [ownerId, JSON.stringify(records)])
  return rows.length
}

const derivedNames = contactColumns.flatMap(({ name }) => (name.startsWith('card_') ? [] : name))

const rewriting = `update contacts
    set ${derivedNames.map((name) => `${name} = next.${name}`).join(', ')}
    from json_to_recordset($2::json) as next (id uuid, modseq bigint, ${columnDefinitions})
    where contacts.owner_id = $1 and contacts.id = next.id and contacts.modseq = next.modseq
      and contacts.proj_version < next.proj_version
    returning contacts.id`
