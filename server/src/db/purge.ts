import type { Ask } from './ask.ts'

/** Rows that are deleted once they are old enough: time passes for all owners. */
export type Aging = {
  table: string
  /** The column that says whose a row is. */
  owner: 'owner_id' | 'user_id'
  /** What tells a row of an owner from the others. */
  key: string
  /** When a row began to age; an index of `only` begins with it. */
  since: string
  /** For how long a row is kept then, as an interval of PostgreSQL. */
  lifetime: string
  /** Which rows age; all, where it is not given. */
  only?: string
  /** How many rows one statement deletes, so that other work need not wait long. */
  batchSize?: number
}

// Of rows that are due; as many owners at most.
const pageSize = 1_000
const usualBatchSize = 500

/**
 * Deletes what is old enough: asks whose that is, and then owner by owner, so that only the question reads more
 * than one owner's rows. Rows that somebody else is writing stay until the next time.
 * @param forOwner where deletions need the lock of their owner
 */
export async function purge(
  write: Ask,
  aging: Aging,
  forOwner: ForOwner = (_ownerId, work) => work(write),
): Promise<void> {
  let deleted: number
  do {
    deleted = 0
    for (const owner of await findOwnersOfOld(write, aging)) {
      deleted += await deleteOld(aging, owner, forOwner)
    }
  } while (deleted > 0)
}

/** How one batch of an owner's rows is deleted: by itself, or in a transaction that holds a lock. */
export type ForOwner = (ownerId: string, work: (write: Ask) => Promise<number>) => Promise<number>

/** The owners of the oldest rows that are due, found by the index on their time. */
export async function findOwnersOfOld(read: Ask, aging: Aging): Promise<string[]> {
  const { table, owner, since } = aging
  const rows = await read<{ owner: string }>(
    `select ${owner} as owner from ${table} where ${isOld(aging)} order by ${since} limit ${pageSize}`,
    [],
  )
  return [...new Set(rows.map((row) => row.owner))]
}

async function deleteOld(aging: Aging, owner: string, forOwner: ForOwner): Promise<number> {
  const { batchSize = usualBatchSize } = aging
  let deleted = 0
  let count: number
  do {
    count = await forOwner(owner, (write) => deleteSomeOld(write, aging, owner, batchSize))
    deleted += count
  } while (count === batchSize)
  return deleted
}

/** Deletes some of one owner's rows that are due. @returns how many */
export async function deleteSomeOld(
  write: Ask,
  aging: Aging,
  ownerId: string,
  limit: number,
): Promise<number> {
  const { table, owner, key } = aging
  const rows = await write(
    `delete from ${table} where ${owner} = $1 and (${key}) in (
      select ${key} from ${table} where ${owner} = $1 and ${isOld(aging)}
      limit $2 for update skip locked
    ) returning ${owner}`,
    [ownerId, limit],
  )
  return rows.length
}

function isOld({ since, lifetime, only }: Aging): string {
  return `${only ? `${only} and ` : ''}${since} < now() - interval '${lifetime}'`
}
