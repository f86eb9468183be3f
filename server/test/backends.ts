import { cpSync } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockDataDir } from '../src/db/data-dir.ts'
import { findAddress, postmasterOf } from '../src/db/embedded/address.ts'
import { clusterFolder } from '../src/db/embedded/cluster.ts'
import type { DatabaseSource } from '../src/db/source.ts'
import { copyDatabase } from './database.ts'
import { startRedis, type TestRedis } from './redis.ts'
import { secretKey, type Settings } from './settings.ts'
import { until } from './until.ts'

export type Backends = AsyncDisposable & {
  settings: Settings & { DATA_DIR: string }
  /** The database, for a server in this process that takes it for its embedded one. */
  source: DatabaseSource | undefined
  /** The Redis that was started for them alone, in a pass that has one. */
  redis: TestRedis | null
}

/** The pass on PostgreSQL and Redis, as of several processes. */
const onServers = process.env['KITH_TEST_SERVERS'] !== undefined

/**
 * What a server stands on, as this pass wants it: a data folder and a database of its own, and a
 * Redis. What `given` already names is used as it is, and is not removed afterwards.
 * @param inProcess whether the server is in this process, and may use a database of the shared cluster
 *   as its embedded one; one that has a process of its own also has a cluster of its own
 */
export async function provideBackends(given: Settings, inProcess: boolean): Promise<Backends> {
  await using stack = new AsyncDisposableStack()
  const dataDir =
    given['DATA_DIR'] ?? stack.use(await mkdtempDisposable(join(tmpdir(), 'kith-data-'))).path
  const isGiven = given['DATABASE_URL'] !== undefined
  const database = !isGiven && (onServers || inProcess) ? stack.use(await copyDatabase()) : null
  const isShared = database !== null && !onServers
  if (isShared) stack.use(lockDataDir(dataDir))
  if (!database && !given['DATABASE_URL']) {
    if (!isGiven) copyCluster(dataDir)
    stack.defer(() => endLeftBehind(dataDir))
  }
  const redis =
    onServers && process.env['KITH_TEST_REDIS'] && given['REDIS_URL'] === undefined
      ? stack.use(await startRedis())
      : null
  const resources = stack.move()
  return {
    settings: {
      DATABASE_URL: onServers ? (database?.url ?? '') : '',
      REDIS_URL: redis?.url ?? '',
      SECRET_KEY: secretKey,
      RATE_LIMITS: 'off',
      DRAIN_SECONDS: '0',
      ...given,
      DATA_DIR: dataDir,
    },
    source: isShared
      ? { url: database.url, servedBy: 'us', [Symbol.asyncDispose]: async () => {} }
      : undefined,
    redis,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** A test file that is run alone has none, and a server makes its own. */
function copyCluster(dataDir: string) {
  const template = process.env['KITH_TEST_CLUSTER']
  if (template) cpSync(template, clusterFolder(dataDir), { recursive: true })
}

/** A server that was killed leaves its PostgreSQL to the next one, and there is none. */
async function endLeftBehind(dataDir: string) {
  const folder = clusterFolder(dataDir)
  using address = findAddress(folder)
  const pid = postmasterOf(folder)
  if (pid === undefined || !(await address.answers())) return
  process.kill(pid, 'SIGQUIT')
  await until('PostgreSQL to end', async () => !(await address.answers()))
}
