// The steps that every write of contacts is put together from, as parts of one statement. In all of
// them `$1` is the owner. What follows a change reads only the rows that the change returned, as
// `changed`: the snapshot of the statement may be older than the lock that it waited for.

/** Gives the next placeholder of a statement. */
export type Place = () => string

/** The SQL of what a revision keeps, for each row of `from`. */
type RevisionSql = {
  from: string
  actorId: string
  via: string
  operation: string
  snapshot: string
  /** The card as it was; `null` where there was none. */
  card: string
}

/** Keeps what contacts were before a change. */
export function revisionStep({
  from,
  actorId,
  via,
  operation,
  snapshot,
  card,
}: RevisionSql): string {
  return `revision as (
      insert into contact_revisions
        (owner_id, contact_id, modseq, at, actor_id, via, operation, contact, card)
      select $1, changed.id, changed.modseq, clock_timestamp(), ${actorId}::uuid, ${via},
        ${operation}, ${snapshot}::jsonb, ${card}
      from ${from}
    )`
}

/** Writes the cards that come with a change. */
export function cardStep(from: string, version: string, text: string): string {
  return `card as (
      insert into contact_cards (owner_id, contact_id, version, card)
      select $1, changed.id, ${version}, ${text} from ${from}
      on conflict (owner_id, contact_id)
        do update set version = excluded.version, card = excluded.card
    )`
}

/** Removes the cards of contacts that have none any more. */
export function cardRemovalStep(contact: string, condition = 'true'): string {
  return `card_removal as (
      delete from contact_cards using ${contact}
      where contact_cards.owner_id = $1 and contact_cards.contact_id = ${contact}.id and ${condition}
    )`
}

/**
 * Notes for those who sync that contacts are gone, and from which files: once, though one in the trash may
 * change.
 */
export const tombstoneStep = `tombstone as (
      insert into tombstones (owner_id, contact_id, modseq, book_id, card_name)
      select $1, changed.id, changed.modseq, changed.book_id, changed.card_name from changed
      on conflict (owner_id, contact_id) do nothing
    )`

/** Takes that back for contacts that are there again. */
export const tombstoneRemovalStep = `tombstone_removal as (
      delete from tombstones using changed
      where tombstones.owner_id = $1 and tombstones.contact_id = changed.id
    )`

/** Takes contacts that are there again out of the merges that they went into. */
export const mergePartStep = `merge_part as (
      update merge_parts set is_restored = true from changed
      where merge_parts.owner_id = $1 and merge_parts.contact_id = changed.id
    )`

/** In whole milliseconds, which is what a cursor of the trash carries. */
export const trashing =
  "deleted_at = coalesce(deleted_at, date_trunc('milliseconds', clock_timestamp()))"

/** A contact that comes back has the name of its file, unless another one has taken that. */
export const freeCardName = `card_name = case when not exists (
        select from contacts other
        where other.owner_id = $1 and other.book_id = contacts.book_id
          and other.card_name = contacts.card_name and other.deleted_at is null
      ) then contacts.card_name end`
