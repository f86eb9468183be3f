import { fromArrays, inArrays, type Arrays } from '../../db/columns.ts'
import { timesInMs, type ListedFile } from './card-files.ts'
import { idInName } from './named-by-id.ts'

/** A change of a book for those who sync it: a file as it is now, or a name where no file is any more. */
export type ChangedFile = ListedFile & { kind: 'file' | 'removed'; change: number }

/** Reads a row of {@link changedFiles}. */
export function toChangedFiles(page: Arrays, bookId: string): ChangedFile[] {
  const rows = fromArrays<ChangedRow>(columns, new Set(), page)
  return rows.map((row) => ({ ...row, modseq: row.change, book_id: bookId }))
}

type ChangedRow = Omit<ChangedFile, 'modseq' | 'book_id'>

const columns = [
  'kind',
  'id',
  'change',
  'is_group',
  'card_name',
  'card_etag',
  'card_size',
  'created_at',
  'updated_at',
] as const satisfies (keyof ChangedRow)[]
const written = 'card_etag, card_size'
const times = (column: string) => `1000 * date_part('epoch', ${column})`

/** Whether nothing is called this any more. */
const isFree = (name: string, id: string) => `not exists (
          select from contacts where owner_id = $1 and book_id = $2
            and card_name = coalesce(${name}, ${id}::text || '.vcf') and deleted_at is null
        ) and not exists (
          select from contacts where owner_id = $1 and id = ${id} and book_id = $2
            and card_name is not distinct from ${name} and deleted_at is null
        ) and not exists (
          select from contacts where owner_id = $1 and book_id = $2
            and id = ${idInName(name)} and card_name is null and deleted_at is null
        ) and not exists (
          select from group_cards where group_cards.owner_id = $1 and book_id = $2
            and card_name = coalesce(${name}, ${id}::text || '.vcf')
        )`

/**
 * The changes of a book in their order, each file once: by owner, book, the changes behind which files and
 * removals are read, and limit. A name that was removed and is there again is changed, not removed (RFC 6578,
 * 3.5.1).
 */
export const changedFiles = `select ${inArrays(columns)} from (
      select * from (
        (
          select modseq as change, 'file' as kind, false as is_group, id, card_name, ${written}, ${timesInMs}
          from contacts
          where owner_id = $1 and deleted_at is null and modseq > $3 and book_id = $2
          order by modseq limit $5
        ) union all (
          select modseq, 'file', true, file_id, card_name, ${written},
            ${times('created_at')}, ${times('updated_at')}
          from group_cards
          where owner_id = $1 and modseq > $3 and book_id = $2
          order by modseq limit $5
        ) union all (
          select modseq, 'removed', false, contact_id, card_name, null, null, ${times('at')}, ${times('at')}
          from tombstones
          where owner_id = $1 and modseq > $4 and book_id = $2
            and ${isFree('tombstones.card_name', 'tombstones.contact_id')}
          order by modseq limit $5
        ) union all (
          select modseq, 'removed', false, '00000000-0000-0000-0000-000000000000', card_name,
            null, null, ${times('at')}, ${times('at')}
          from freed_card_names
          where owner_id = $1 and modseq > $4 and book_id = $2
            and ${isFree('freed_card_names.card_name', 'null::uuid')}
          order by modseq limit $5
        )
      ) changed
      order by change limit $5
    ) page`
