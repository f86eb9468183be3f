import type { Logger } from '../log.ts'
import { DataDirInUse, lockDataDir } from './data-dir.ts'
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
