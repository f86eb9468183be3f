import type { Aging } from '../db/purge.ts'

/** For so long a merge can be undone. */
const maxAgeDays = 30

/** The condition that a merge is not older. */
export const recent = `created_at > now() - interval '${maxAgeDays} days'`

/** Merges, which can be undone for as long. */
export const agingMerges: Aging = {
  table: 'merges',
  owner: 'owner_id',
  key: 'id',
  since: 'created_at',
  lifetime: `${maxAgeDays} days`,
  // With many parts each.
  batchSize: 100,
}
