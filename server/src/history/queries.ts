import type { StoredSnapshot } from '../contacts/store/snapshot.ts'
import type { Ask } from '../db/ask.ts'

/** One change of a contact, and what the contact was after it; null where it is so still. */
export type RevisionRow = {
  modseq: number
  at: string
  actor_id: string
  via: string
  operation: string
  snapshot: StoredSnapshot | null
}

// Revisions keep what was before them: what was after one stands in the next.
const next = `from contact_revisions next
      where next.owner_id = $1 and next.contact_id = $2 and next.modseq > revision.modseq
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
    `select modseq, at, actor_id, via, operation, (select contact ${next}) as snapshot
    from contact_revisions revision
    where owner_id = $1 and contact_id = $2 and modseq < $3
    order by modseq desc limit $4`,
    [ownerId, contactId, below, limit],
  )
}

/** What a contact was before its first change, with its card. */
export type PastRow = { snapshot: StoredSnapshot; card: string | null }

/**
 * What a contact was after the revision `modseq`, if it has changed since then.
 * @param modseq a revision that the contact had
 */
export async function findPast(read: Ask, ownerId: string, contactId: string, modseq: number) {
  const rows = await read<PastRow>(
    `select contact as snapshot, card from contact_revisions
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
