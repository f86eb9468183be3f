import type { Ask } from '../db/ask.ts'
import { firstId, maxCardOctets, pageSize } from './queries.ts'

export type HistoryRow = {
  contact_id: string
  revision: number
  at: string
  by: string
  via: string
  operation: string
  before: object
  card: string | null
  card_octets: number
}

/** The revisions of all contacts, in the trash or not: what each was before a change. */
export async function* readHistory(read: Ask, ownerId: string): AsyncGenerator<HistoryRow> {
  let [contactId, revision] = [firstId, 0]
  for (;;) {
    const rows = await read<HistoryRow>(
      `select contact_id, modseq as revision, at, actor_id as by, via, operation,
        contact as before, case when octet_length(card) <= ${maxCardOctets} then card end as card,
        coalesce(octet_length(card), 0) as card_octets
      from contact_revisions
      where owner_id = $1 and (contact_id, modseq) > ($2::uuid, $3::bigint)
      order by contact_id, modseq limit ${pageSize}`,
      [ownerId, contactId, revision],
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    ;[contactId, revision] = [last.contact_id, last.revision]
  }
}

export async function readOldCard(read: Ask, ownerId: string, row: HistoryRow) {
  if (row.card !== null || row.card_octets === 0) return row.card
  const rows = await read<{ card: string }>(
    `select card from contact_revisions
    where owner_id = $1 and contact_id = $2 and modseq = $3`,
    [ownerId, row.contact_id, row.revision],
  )
  return rows[0]?.card ?? null
}
