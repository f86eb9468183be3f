import type { Ask } from '../db/ask.ts'
import type { StoredState } from '../contacts/store/snapshot.ts'

/** One change of a contact, and what the contact was after it; null where it is so still. */
export type RevisionRow = {
  modseq: number
  at: string
  actor_id: string
  via: string
  operation: string
  state: StoredState | null
}

// Revisions keep what was before them: what was after one stands in the next.
const next = `from contact_revisions next
      where next.owner_id = revision.owner_id and next.contact_id = revision.contact_id
        and next.modseq > revision.modseq
      order by next.modseq limit 1`

/** The changes of a contact, newest first, before the revision `below`. */
export function listRevisions(
  read: Ask,
  ownerId: string,
  contactId: string,
  below: number,
  limit: number,
) {
  return read<RevisionRow>(
    `select modseq, at, actor_id, via, operation, (select contact ${next}) as state
    from contact_revisions revision
    where owner_id = $1 and contact_id = $2 and modseq < $3
    order by modseq desc limit $4`,
    [ownerId, contactId, below, limit],
  )
}

/** What a contact was before its first change, with its card. */
export type PastRow = { state: StoredState; card: string | null }

/**
 * What a contact was after the revision `modseq`, if it has changed since then.
 * @param modseq a revision that the contact had
 */
export async function findPast(read: Ask, ownerId: string, contactId: string, modseq: number) {
  const rows = await read<PastRow>(
    `select contact as state, card from contact_revisions
    where owner_id = $1 and contact_id = $2 and modseq > $3
    order by modseq limit 1`,
    [ownerId, contactId, modseq],
  )
  return rows[0]
}

export async function hasRevision(read: Ask, ownerId: string, contactId: string, modseq: number) {
  const rows = await read(
    'select 1 from contact_revisions where owner_id = $1 and contact_id = $2 and modseq = $3',
    [ownerId, contactId, modseq],
  )
  return rows.length > 0
}

/** How a label went from a contact the last time. */
export type LossRow = {
  id: string
  /** As it was when it was deleted, where that was the reason. */
  label: { name: string; colour: string | null } | null
  wentWithContacts: boolean
  /** The contact's card before and after. */
  before: string | null
  after: string | null
}

/** A label whose contacts are not all told of its end has its row still. */
export function findLosses(
  read: Ask,
  ownerId: string,
  contactId: string,
  labelIds: readonly string[],
) {
  return read<LossRow>(
    `select lost.id,
      case when labels.id is null then last.label
        else jsonb_build_object('name', labels.name, 'colour', labels.colour)
      end as label,
      coalesce(labels.trashes_contacts, last.operation = 'deleted') as "wentWithContacts",
      last.card as before,
      case when next.modseq is null then contact_cards.card else next.card end as after
    from unnest($3::text[]) with ordinality as lost (id, number)
    cross join lateral (
      select modseq, operation, card,
        case when contact->'ended_label'->>'id' = lost.id then contact->'ended_label' end as label
      from contact_revisions
      where owner_id = $1 and contact_id = $2 and contact->'label_ids' ? lost.id
      order by modseq desc limit 1
    ) last
    left join lateral (
      select modseq, card from contact_revisions
      where owner_id = $1 and contact_id = $2 and modseq > last.modseq
      order by modseq limit 1
    ) next on true
    left join contact_cards on contact_cards.owner_id = $1 and contact_cards.contact_id = $2
    left join labels on labels.owner_id = $1 and labels.id = lost.id::uuid
    order by lost.number`,
    [ownerId, contactId, labelIds],
  )
}
