import type { Ask } from '../../db/ask.ts'
import type { FileColumns } from './card-files.ts'

/** A change of a book for those who sync it: a file as it is now, or a name where no file is any more. */
export type ChangedFile = FileColumns & {
  kind: 'file' | 'removed'
  id: string
  change: number
  modseq: number
  created_at: string
  updated_at: string
  is_group: boolean
}

/** Which changes: behind `after`, and of removals behind `start` too. */
type Range = { after: number; start: number; upTo: number; limit: number }

/**
 * The changes of a book in their order, each file once. A name that was removed and is there again is
 * changed, not removed (RFC 6578, 3.5.1).
 */
export function readChangedFiles(
  read: Ask,
  ownerId: string,
  bookId: string,
  { after, start, upTo, limit }: Range,
): Promise<ChangedFile[]> {
  const values = [ownerId, bookId, after, Math.max(after, start), upTo, limit]
  return read<ChangedFile>(changes, values)
}

const isFree = (name: string, id: string) => `not exists (
          select from contacts where owner_id = $1 and book_id = $2
            and card_name = coalesce(${name}, ${id}::text || '.vcf') and deleted_at is null
        ) and not exists (
          select from contacts where owner_id = $1 and id = ${id} and book_id = $2
            and card_name is not distinct from ${name} and deleted_at is null
        ) and not exists (
          select from group_cards where owner_id = $1 and book_id = $2 and card_name = ${name}
        )`

/** By owner, book, the change behind which files, and removals, are read, up to where, limit. */
const changes = `with changed as (
      (
        select modseq, 'file' as kind, id, null as name from contacts
        where owner_id = $1 and deleted_at is null and modseq > $3 and modseq <= $5 and book_id = $2
        order by modseq limit $6
      ) union all (
        select group_cards.modseq, 'group', file_id, card_name
        from group_cards join labels on labels.owner_id = $1 and labels.id = label_id
          and name_key is not null
        where group_cards.owner_id = $1 and group_cards.modseq > $3 and group_cards.modseq <= $5
          and book_id = $2
        order by group_cards.modseq limit $6
      ) union all (
        select modseq, 'removed', contact_id, card_name from tombstones
        where owner_id = $1 and modseq > $4 and modseq <= $5 and book_id = $2
          and ${isFree('tombstones.card_name', 'tombstones.contact_id')}
        order by modseq limit $6
      ) union all (
        select modseq, 'removed', '00000000-0000-0000-0000-000000000000', card_name
        from freed_card_names
        where owner_id = $1 and modseq > $4 and modseq <= $5 and book_id = $2
          and ${isFree('freed_card_names.card_name', 'null::uuid')}
        order by modseq limit $6
      )
      order by modseq limit $6
    )
    select case when kind = 'removed' then kind else 'file' end as kind, changed.id,
      changed.modseq as change, changed.modseq, kind = 'group' as is_group, $2::uuid as book_id,
      coalesce(contacts.card_name, changed.name) as card_name,
      coalesce(contacts.card_etag, groups.card_etag) as card_etag,
      coalesce(contacts.card_size, groups.card_size) as card_size,
      coalesce(contacts.created_at, groups.created_at) as created_at,
      coalesce(contacts.updated_at, groups.updated_at) as updated_at
    from changed
    left join contacts on kind = 'file' and contacts.owner_id = $1 and contacts.id = changed.id
    left join group_cards as groups
      on kind = 'group' and groups.owner_id = $1 and groups.file_id = changed.id
    order by changed.modseq`
