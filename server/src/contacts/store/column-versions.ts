import type { Ask } from '../../db/ask.ts'

/** How far a version of the derived columns has come among all contacts. */
export type Progress = {
  /** The walk over all owners has passed this one; null at its start. */
  after_owner_id: string | null
  /** Whether a walk has come to its end. */
  is_finished: boolean
  /** Whether a walk is under way, or another one is to begin. */
  is_due: boolean
}

// During an upgrade, processes of the older version still write its columns. So an hour after a walk has
// ended another one begins, until one finds nothing to write.
const due = `(finished_at is null
    or (confirmed_at is null and finished_at < now() - interval '1 hour'))`
const progress = `after_owner_id, finished_at is not null as is_finished, ${due} as is_due`

/**
 * The progress of a version, whose row is made here if it is new. Whoever asks may write contacts in
 * this version from now on, so that later ones have to be completed anew.
 */
export async function openVersion(ask: Ask, version: number): Promise<Progress> {
  const rows = await ask<Progress & { version: number }>(
    `select version, ${progress} from column_versions where version >= $1`,
    [version],
  )
  const own = rows.find((row) => row.version === version)
  if (rows.some((row) => row !== own && row.is_finished)) await reopenLater(ask, version)
  return own ?? (await insertVersion(ask, version))
}

export async function findProgress(read: Ask, version: number): Promise<Progress | undefined> {
  const rows = await read<Progress>(`select ${progress} from column_versions where version = $1`, [
    version,
  ])
  return rows[0]
}

async function insertVersion(write: Ask, version: number): Promise<Progress> {
  const rows = await write<Progress>(
    `insert into column_versions (version) values ($1)
    on conflict (version) do update set version = excluded.version
    returning ${progress}`,
    [version],
  )
  return rows[0] as Progress
}

async function reopenLater(write: Ask, version: number): Promise<void> {
  await write(
    `update column_versions
    set after_owner_id = null, written = 0, finished_at = null, confirmed_at = null
    where version > $1 and finished_at is not null`,
    [version],
  )
}

/** Counts contacts that the walk has written, in the transaction that wrote them. */
export async function countWritten(write: Ask, version: number, written: number): Promise<void> {
  await write('update column_versions set written = written + $2 where version = $1', [
    version,
    written,
  ])
}

/** Notes that the walk has passed an owner, unless another process has moved it meanwhile. */
export async function moveWalk(
  write: Ask,
  version: number,
  from: string | null,
  to: string,
): Promise<void> {
  await write(
    `update column_versions set after_owner_id = $3
    where version = $1 and after_owner_id is not distinct from $2 and ${due}`,
    [version, from, to],
  )
}

/**
 * Notes that the walk has come to its end, unless another process has moved it meanwhile. One after
 * which nothing more is to be expected confirms that all contacts have the version.
 */
export async function endWalk(write: Ask, version: number, from: string | null): Promise<void> {
  await write(
    `update column_versions set after_owner_id = null, written = 0, finished_at = now(),
      confirmed_at = case when finished_at is not null and written = 0 then now() end
    where version = $1 and after_owner_id is not distinct from $2 and ${due}`,
    [version, from],
  )
}
