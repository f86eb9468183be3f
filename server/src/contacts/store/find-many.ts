import type { Ask } from '../../db/ask.ts'

/** How many octets the cards of contacts have, by the ids of those that have one. */
export async function findCardSizes(
  read: Ask,
  ownerId: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await read<{ id: string; octets: number }>(
    `select contact_id as id, octet_length(card) as octets from contact_cards
    where owner_id = $1 and contact_id = any ($2::uuid[])`,
    [ownerId, ids],
  )
  return new Map(rows.map(({ id, octets }) => [id, octets]))
}

/** Those of the ids that contacts of the owner had that are gone for good. */
export async function findGone(
  read: Ask,
  ownerId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await read<{ id: string }>(
    `select contact_id as id from tombstones
    where owner_id = $1 and contact_id = any ($2::uuid[])`,
    [ownerId, ids],
  )
  return new Set(rows.map(({ id }) => id))
}
