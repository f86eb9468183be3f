import { startRedis } from '../server/test/redis.ts'
import { startCluster } from './cluster.ts'
import { describeDataset, type Dataset } from './dataset.ts'
import { startKith } from './kith.ts'
import { startNode, type NodeProcess } from './node-process.ts'
import type { Options } from './options.ts'
import { findDatabasePrograms, type Programs } from './programs.ts'
import { createRequestSource, type RequestSource } from './requests.ts'
import type { Scenario } from './scenarios.ts'

/** A filled database with all that is measured on it. */
export type World = AsyncDisposable & {
  programs: Programs
  dataset: Dataset
  databaseUrl: string
  requestsFor: RequestSource
  /** The server's processes, the first of which also stands alone. */
  kith: NodeProcess[]
  /** One that counts requests; null where no scenario asks for it. */
  limited: NodeProcess | null
  bare: NodeProcess
  /** One more server on this database, asked through another URL. */
  startKithAt(databaseUrl: string): Promise<NodeProcess>
}

// As by default, for a thousand users; fewer users have as many requests together.
const limitPerMinute = 300
const limitIsForUsers = 1_000

/**
 * Starts PostgreSQL and Redis, fills a database, and starts the servers.
 * @param folder for all files of this run
 */
export async function startWorld(
  scenarios: Scenario[],
  options: Options,
  folder: string,
): Promise<World> {
  await using stack = new AsyncDisposableStack()
  const programs = findDatabasePrograms()
  const dataset = describeDataset(options)
  const cluster = stack.use(await startCluster(programs))
  const redis = stack.use(await startRedis())
  const databaseUrl = await cluster.fill('kith', dataset)
  const { logLevel, profile, processes } = options
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url }
  const settings = { folder, logLevel, profile: null, env }

  const kith: NodeProcess[] = []
  for (let count = 0; count < processes; count++) {
    kith.push(stack.use(await startKith({ ...settings, profile: count === 0 ? profile : null })))
  }
  const limit = Math.ceil(limitPerMinute * Math.max(1, limitIsForUsers / dataset.active))
  const limits = { RATE_LIMITS: 'on', RATE_LIMIT_CONTACTS: `${limit}/1m` }
  const limited = scenarios.some(({ isLimited }) => isLimited)
    ? stack.use(await startKith({ ...settings, env: { ...env, ...limits } }))
    : null
  const bare = stack.use(
    await startNode({
      name: 'bare',
      script: new URL('bare.ts', import.meta.url),
      env: { DATABASE_URL: databaseUrl },
      readyPath: '/ready',
      folder,
    }),
  )
  const resources = stack.move()
  return {
    programs,
    dataset,
    databaseUrl,
    requestsFor: createRequestSource(dataset, folder),
    kith,
    limited,
    bare,
    startKithAt: (url) => startKith({ ...settings, env: { ...env, DATABASE_URL: url } }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
