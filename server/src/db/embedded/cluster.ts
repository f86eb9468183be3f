import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OperatorError } from '../../operator-error.ts'
import { reasonOf } from '../errors.ts'
import { makeCluster } from './make-cluster.ts'
import { giveTo, ownerFor } from './owner.ts'
import { findPrograms, type Programs } from './programs.ts'
import { reachableByAll } from './reachable-copy.ts'
import { runIn, type RunIn } from './run-in.ts'

/** A folder of PostgreSQL's, and what it takes to run it. */
export type Cluster = RunIn & { folder: string; programs: Programs }

const majorVersion = '18'

export function clusterFolder(dataDir: string): string {
  return join(dataDir, 'postgres')
}

/**
 * The cluster of a data folder, made first when there is none.
 * @throws OperatorError when there is one that this program cannot run, or none can be made
 */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const folder = clusterFolder(dataDir)
  refuseForeign(dataDir, folder)
  const owner = ownerFor(folder)
  const found = await findPrograms()
  const programs = owner ? reachableByAll(found) : found
  if (!existsSync(folder)) await makeCluster(folder, programs, owner)
  try {
    if (owner) giveTo(owner, folder)
    chmodSync(folder, 0o700)
  } catch (error) {
    throw new OperatorError(`The database in ${folder} cannot be opened: ${reasonOf(error)}.`)
  }
  return { folder, programs, ...runIn(folder, owner) }
}

function refuseForeign(dataDir: string, folder: string) {
  if (!existsSync(folder)) {
    const old = join(dataDir, 'db')
    if (!existsSync(join(old, 'PG_VERSION'))) return
    throw new OperatorError(
      `The database in ${old} is of an earlier Kith, which embedded PGlite, and this one cannot ` +
        'read it. Export the contacts with that Kith (GET /api/export) to import them here, then ' +
        'move the folder away; or set DATA_DIR to another folder.',
    )
  }
  const version = versionOf(folder)
  if (version === majorVersion) return
  throw new OperatorError(
    version === null
      ? `The database in ${folder} is broken: it has no file PG_VERSION. ` +
          'Bring the folder back from a backup, or move it away to begin anew.'
      : `The database in ${folder} is of PostgreSQL ${version}, and this Kith embeds ` +
          `${majorVersion}. Use the Kith that made it, or move it over with pg_dump and pg_restore.`,
  )
}

function versionOf(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  } catch {
    return null
  }
}
