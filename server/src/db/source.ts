import { existsSync } from 'node:fs'
import type { Logger } from '../log.ts'
import { OperatorError } from '../operator-error.ts'
import { DataDirInUse, lockDataDir } from './data-dir.ts'
import { clusterFolder } from './embedded/cluster.ts'
import { joinEmbedded, startEmbedded } from './embedded/embedded.ts'

/**
 * Where the database is, and who serves from it: any number of processes, this one alone, or another
 * one of this machine, beside which this one may work.
 */
export type DatabaseSource = AsyncDisposable & {
  url: string
  servedBy: 'anyone' | 'us' | 'another'
}

type Where = { databaseUrl: string | null; dataDir: string }

/**
 * The database by its URL, or the embedded one, of which this process takes possession.
 * @throws DataDirInUse when another process has it
 */
export async function openSource({ databaseUrl, dataDir }: Where, log: Logger) {
  if (databaseUrl) return sourceOf(databaseUrl, 'anyone')
  await using stack = new AsyncDisposableStack()
  stack.use(lockDataDir(dataDir))
  const { url } = stack.use(await startEmbedded(dataDir, log))
  return sourceOf(url(), 'us', stack.move())
}

/** The same, or beside the process that has the embedded database. */
export async function openOrJoinSource(where: Where, log: Logger): Promise<DatabaseSource> {
  try {
    return await openSource(where, log)
  } catch (error) {
    if (!(error instanceof DataDirInUse)) throw error
    const joined = await joinEmbedded(where.dataDir)
    return sourceOf(joined.url(), 'another', joined)
  }
}

/**
 * Refuses what makes no sense on a database that would only now be made: it was meant for another folder.
 * @throws OperatorError that names the folder, and makes nothing there
 */
export function requireDatabase(where: Where): void {
  if (hasDatabase(where)) return
  throw new OperatorError(
    `There is no database in ${where.dataDir}. Set DATA_DIR to the folder that the server has, or start it once.`,
  )
}

/** Whether there is one already; of another server that is not looked at. */
export function hasDatabase({ databaseUrl, dataDir }: Where): boolean {
  return databaseUrl !== null || existsSync(clusterFolder(dataDir))
}

function sourceOf(
  url: string,
  servedBy: DatabaseSource['servedBy'],
  resources?: AsyncDisposable,
): DatabaseSource {
  return {
    url,
    servedBy,
    [Symbol.asyncDispose]: async () => resources?.[Symbol.asyncDispose](),
  }
}
