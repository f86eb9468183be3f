import {
  from,
  oneRow,
  rowsOf,
  sql,
  step,
  using,
  type Fragment,
  type Source,
  type Step,
} from '../../db/steps.ts'
import { idInName } from './named-by-id.ts'

// The steps that every write of contacts is put together from. In all of them `$1` is the owner. What
// follows a change reads only the rows that the change returned, as `changed`: the snapshot of the
// statement may be older than the lock that it waited for.

/** Gives the next placeholder of a statement. */
export type Place = () => string

/** The owner, with the number of the change. */
export const owner = oneRow('owner', 'modseq bigint')

/** Counts a change. The owner's row is locked until the commit. */
export const countChange = step(
  owner,
  sql`update owners set modseq = modseq + 1 where id = $1 returning modseq`,
)

/** The same of the first write of an account too, which finds no owner yet. */
export const countFirstChange = step(
  owner,
  sql`insert into owners (id, modseq) values ($1, 1)
      on conflict (id) do update set modseq = owners.modseq + 1
      returning modseq`,
)

/** The same where a step finds no obstacle. */
export function countFirstChangeUnless(obstacle: Source): Step {
  return step(
    owner,
    sql`insert into owners (id, modseq) ${rowsOf({ values: '$1::uuid, 1', unless: obstacle })}
      on conflict (id) do update set modseq = owners.modseq + 1
      returning modseq`,
  )
}

/** The owner of several changes, with the number before the first of them. */
export const ownerOfMany = oneRow('owner', 'before bigint')

/** Counts several changes at once. */
export function countChanges(count: string): Step {
  return step(
    ownerOfMany,
    sql`update owners set modseq = modseq + ${count} where id = $1
      returning modseq - ${count} as before`,
  )
}

/** What a revision keeps, as SQL for each of the contacts that were changed. */
type RevisionSql = {
  actorId: string
  via: string
  operation: string
  snapshot: string
  /** The card as it was; `null` where there was none. */
  card: string
}

/** Keeps what contacts were before a change. */
export function revisionStep(
  sources: readonly Source[],
  { actorId, via, operation, snapshot, card }: RevisionSql,
): Step {
  return step(
    'revision',
    sql`insert into contact_revisions
        (owner_id, contact_id, modseq, at, actor_id, via, operation, contact, card)
      ${rowsOf({
        values: `$1, changed.id, changed.modseq, statement_timestamp(), ${actorId}::uuid, ${via},
        ${operation}, ${snapshot}::jsonb, ${card}`,
        from: sources,
        where: joined(sources),
      })}`,
  )
}

/** Writes the cards that come with a change. */
export function cardStep(
  sources: readonly Source[],
  { version, text, condition }: { version: string; text: string; condition?: string },
): Step {
  return step(
    'card',
    sql`insert into contact_cards (owner_id, contact_id, version, card)
      ${rowsOf({
        values: `$1, changed.id, ${version}, ${text}`,
        from: sources,
        where: [joined(sources), condition].filter(Boolean).join(' and ') || undefined,
      })}
      on conflict (owner_id, contact_id)
        do update set version = excluded.version, card = excluded.card`,
  )
}

/** Removes the cards of contacts that have none any more. */
export function cardRemovalStep(contact: Source, condition = 'true'): Step {
  return step(
    'card_removal',
    sql`delete from contact_cards${using(contact)}
      where contact_cards.owner_id = $1 and contact_cards.contact_id = ${contact.name}.id
        and ${condition}`,
  )
}

/** Notes for those who sync that contacts are gone, and from which files. */
export function tombstoneStep(changed: Source): Step {
  return fileTombstoneStep(
    rowsOf({
      values: '$1, changed.id, changed.modseq, changed.book_id, changed.card_name',
      from: [changed],
    }),
  )
}

/**
 * The same of files, once each: a contact in the trash may change.
 * @param rows owner, id, number of the change, address book, and name
 */
export function fileTombstoneStep(rows: Fragment): Step {
  return step(
    'tombstone',
    sql`insert into tombstones (owner_id, contact_id, modseq, book_id, card_name)
      ${rows}
      on conflict (owner_id, contact_id) do nothing`,
  )
}

/** Takes that back for contacts that are there again. */
export function tombstoneRemovalStep(changed: Source): Step {
  return step(
    'tombstone_removal',
    sql`delete from tombstones${using(changed)}
      where tombstones.owner_id = $1 and tombstones.contact_id = changed.id`,
  )
}

/** Takes contacts that are there again out of the merges that they went into. */
export function mergePartStep(changed: Source): Step {
  return step(
    'merge_part',
    sql`update merge_parts set is_restored = true${from(changed)}
      where merge_parts.owner_id = $1 and merge_parts.contact_id = changed.id`,
  )
}

/** Sources of several contacts are joined by their ids. */
function joined(sources: readonly Source[]): string | undefined {
  const [first, second] = sources
  return first && second && `${first.name}.id = ${second.name}.id`
}

/** In whole milliseconds, which is what a cursor of the trash carries. One that is there keeps its time. */
export const trashing =
  "deleted_at = least(deleted_at, date_trunc('milliseconds', statement_timestamp()))"

/** Whether something else in its book is called what a contact would be called. */
const isNameTaken = (name: string, bookId: string) => `(exists (
        select from contacts other
        where other.owner_id = $1 and other.book_id = ${bookId}
          and other.card_name = ${name} and other.deleted_at is null
      ) or exists (
        select from contacts other
        where other.owner_id = $1 and other.book_id = ${bookId}
          and other.id = ${idInName(name)}
          and other.id <> contacts.id and other.card_name is null and other.deleted_at is null
      ) or exists (
        select from group_cards
        where group_cards.owner_id = $1 and group_cards.book_id = ${bookId} and group_cards.card_name = ${name}
      ))`

const ownName = "contacts.id::text || '.vcf'"
// With both as texts: to join a number to one depends on settings, which Citus refuses in a change.
const otherName = "contacts.id::text || '-' || contacts.modseq::text || '.vcf'"

/**
 * The name of its file for a contact that comes back: the one that it had, or else that of its id, unless another file
 * has taken these.
 */
export function freeCardName(name: string, bookId: string): string {
  return `case
      when not ${isNameTaken(`coalesce(${name}, ${ownName})`, bookId)} then ${name}
      when not ${isNameTaken(`(${ownName})`, bookId)} then null
      else ${otherName} end`
}

export const restoredCardName = `card_name = ${freeCardName('contacts.card_name', 'contacts.book_id')}`

/** By owner, and ids of contacts that have no name but that of their id. */
export const namingBesideOthers = `update contacts set card_name = ${otherName}
    where owner_id = $1 and id = any ($2::uuid[])
      and ${isNameTaken(`(${ownName})`, 'contacts.book_id')}`
