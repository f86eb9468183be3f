import type { LockedBook } from './locked-book.ts'
import type { StoredSnapshot } from './snapshot.ts'
import type { Operation, Via } from './stored-contact.ts'

/** A revision from the past of a contact that was added with numbers left free for it. */
export type PastRevision = {
  contactId: string
  /** The number that the contact had when it was added. */
  last: number
  /** Its place among the contact's revisions, counted from 1. */
  place: number
  at: string
  via: Via
  operation: Operation
  snapshot: StoredSnapshot
  card: string | null
}

/** Adds revisions where their numbers are free; those of contacts that are gone are passed over. */
export async function insertPastRevisions(
  { ask, ownerId, actorId }: LockedBook,
  revisions: readonly PastRevision[],
): Promise<void> {
  if (revisions.length === 0) return
  await ask(
    `insert into contact_revisions
      (owner_id, contact_id, modseq, at, actor_id, via, operation, contact, card)
    select $1, contacts.id, created_modseq + past.place, past.at, $3, past.via, past.operation,
      past.snapshot, past.card
    from json_to_recordset($2::json) as past ("contactId" uuid, last bigint, place integer,
      at timestamptz, via text, operation text, snapshot jsonb, card text)
    cross join lateral (
      select id, created_modseq from contacts
      where owner_id = $1 and id = past."contactId" limit 1
    ) contacts
    where created_modseq + past.place <= past.last
    on conflict (owner_id, contact_id, modseq) do nothing`,
    [ownerId, JSON.stringify(revisions), actorId],
  )
}
