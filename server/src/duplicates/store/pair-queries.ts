import type { Ask } from '../../db/ask.ts'
import type { Reason } from '../likeness/likeness.ts'

/** Two contacts that may be of one person; `one_id` is the smaller id. */
export type Pair = { one_id: string; other_id: string; score: number; reasons: Reason[] }

// One by one through their indexes: of all at once PostgreSQL would go through the whole table.
const pairsOfWanted = `unnest($2::uuid[]) as wanted (id) cross join lateral (
      select one_id, other_id, score, reasons from duplicate_pairs
      where owner_id = $1 and one_id = wanted.id
      union all
      select one_id, other_id, score, reasons from duplicate_pairs
      where owner_id = $1 and other_id = wanted.id
    ) pairs`

/** Deletes all pairs with any of the contacts. @returns whom they were */
export function deletePairs(ask: Ask, ownerId: string, contactIds: readonly string[]) {
  return ask<Pick<Pair, 'one_id' | 'other_id'>>(
    `delete from duplicate_pairs where owner_id = $1 and (one_id, other_id) in (
      select one_id, other_id from ${pairsOfWanted}
    ) returning one_id, other_id`,
    [ownerId, contactIds],
  )
}

export async function insertPairs(ask: Ask, ownerId: string, pairs: readonly Pair[]) {
  if (pairs.length === 0) return
  await ask(
    `insert into duplicate_pairs (owner_id, one_id, other_id, score, reasons)
    select $1, one_id, other_id, score, reasons
    from json_to_recordset($2::json)
      as found (one_id uuid, other_id uuid, score double precision, reasons jsonb)`,
    [ownerId, JSON.stringify(pairs)],
  )
}

/** All pairs with any of the contacts. */
export function findPairsOf(ask: Ask, ownerId: string, contactIds: readonly string[]) {
  return ask<Pair>(
    `select distinct on (one_id, other_id) one_id, other_id, score, reasons from ${pairsOfWanted}`,
    [ownerId, contactIds],
  )
}
