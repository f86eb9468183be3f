import { setImmediate } from 'node:timers/promises'
import type { OpenDatabase } from '../db/database.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { createPace } from '../pace.ts'
import { readCard } from '../vcard/read-card.ts'
import type { IndexState } from './index-state.ts'
import {
  countWritten,
  endWalk,
  findProgress,
  moveWalk,
  openVersion,
} from './store/column-versions.ts'
import { fromColumns, toColumns } from './store/columns.ts'
import { beforeFirstId } from './store/find-batch.ts'
import {
  findOutdated,
  findOwners,
  rewriteColumns,
  type OutdatedContact,
  type ProjectedContact,
} from './store/outdated.ts'

export type Reprojecting = {
  database: Pick<OpenDatabase, 'read' | 'write' | 'transaction'>
  indexState: Pick<IndexState, 'note'>
  metrics: { reprojected: Pick<Metrics['reprojected'], 'inc'> }
  log: Pick<Logger, 'info'>
}

/**
 * Whether there may be work for {@link reproject}. That is one look at one row, however many contacts
 * there are: to be done at each start, and now and then after it.
 */
export async function isReprojectionDue(
  { database, indexState }: Pick<Reprojecting, 'database' | 'indexState'>,
  version: number,
): Promise<boolean> {
  const progress = await openVersion(database.write, version)
  indexState.note(progress.is_finished)
  return progress.is_due
}

/**
 * Writes the derived columns of all contacts that an older `toColumns` made, in the trash as well.
 * It walks over all owners in short transactions and notes where it is, so it can be broken off at
 * any time and taken up by whoever comes next, and several may do it at once.
 *
 * An older process that runs beside this one, during an upgrade, writes older columns also behind the
 * walk. So an hour after its end there is another walk, and so on until one finds nothing more to
 * write. What is written in older columns after that is found only once a process of that older
 * version starts, or looks for work of its own, which it does every hour.
 *
 * No contact changes by it, and so neither its revision nor its times do. That is why cards are read
 * for their place in the order alone: where a newer reader finds more in a card, the contact says
 * something else, which needs a revision, and comes with its next edit.
 * @throws the signal's reason when it is aborted
 */
export async function reproject(
  services: Reprojecting,
  version: number,
  signal: AbortSignal,
): Promise<void> {
  const { database, indexState, log } = services
  for (;;) {
    const progress = await findProgress(database.read, version)
    if (!progress?.is_due) return indexState.note(progress?.is_finished ?? false)
    const from = progress.after_owner_id
    const owners = await findOwners(database.read, from ?? beforeFirstId)
    for (const ownerId of owners) await reprojectBook(services, ownerId, version, signal)
    const to = owners.at(-1)
    if (to === undefined) {
      await endWalk(database.write, version, from)
      log.info({ version }, 'the columns of all contacts are up to date')
    } else {
      await moveWalk(database.write, version, from, to)
    }
  }
}

/**
 * The same for one owner, for who needs the columns of all contacts of a book to be of one version.
 * @throws the signal's reason when it is aborted
 */
export async function reprojectBook(
  services: Pick<Reprojecting, 'database' | 'metrics'>,
  ownerId: string,
  version: number,
  signal: AbortSignal,
): Promise<void> {
  let after: string | undefined = beforeFirstId
  while (after !== undefined) {
    signal.throwIfAborted()
    after = await reprojectBatch(services, ownerId, version, after)
    await setImmediate()
  }
}

/** @returns the id behind which there may be more */
async function reprojectBatch(
  { database, metrics }: Pick<Reprojecting, 'database' | 'metrics'>,
  ownerId: string,
  version: number,
  after: string,
): Promise<string | undefined> {
  const contacts = await database.transaction((ask) => findOutdated(ask, ownerId, version, after))
  const last = contacts.at(-1)
  if (!last) return undefined
  const projected = await projectAnew(contacts)
  const written = await database.transaction(async (ask) => {
    const count = await rewriteColumns(ask, ownerId, version, projected)
    await countWritten(ask, version, count)
    return count
  })
  metrics.reprojected.inc(written)
  return last.row.id
}

async function projectAnew(contacts: readonly OutdatedContact[]): Promise<ProjectedContact[]> {
  const pace = createPace()
  const projected: ProjectedContact[] = []
  for (const { row, labels, sortingCard } of contacts) {
    const sortAs = sortingCard === null ? null : readCard(sortingCard).sortAs
    projected.push({ row, columns: toColumns(fromColumns(row), labels, sortAs) })
    await pace()
  }
  return projected
}
