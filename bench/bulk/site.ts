import { join } from 'node:path'
import { startRedis } from '../../server/test/redis.ts'
import { createWallet, type Wallet } from '../accounts.ts'
import { startCluster } from '../cluster.ts'
import { describeDataset, type Dataset } from '../dataset.ts'
import { startKith } from '../kith.ts'
import type { NodeProcess } from '../node-process.ts'
import type { Options } from '../options.ts'
import { findDatabasePrograms } from '../programs.ts'
import { addUser } from './newcomers.ts'

/** A database with other people's books in it, and what is needed to work there. */
export type Site = AsyncDisposable & {
  psql: string
  folder: string
  databaseUrl: string
  dataset: Dataset
  wallet: Wallet
  /** A server that has done nothing yet. */
  startKith(profileName: string): Promise<NodeProcess>
  /** Adds somebody with an empty book; their number. */
  addUser(): Promise<number>
}

export async function openSite(options: Options, folder: string): Promise<Site> {
  await using stack = new AsyncDisposableStack()
  const programs = findDatabasePrograms()
  const dataset = describeDataset(options)
  const cluster = stack.use(await startCluster(programs))
  const redis = stack.use(await startRedis())
  const databaseUrl = await cluster.fill('kith', dataset)
  const { logLevel, profile } = options
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url }
  let users = dataset.users
  const resources = stack.move()
  return {
    psql: programs.psql,
    folder,
    databaseUrl,
    dataset,
    wallet: createWallet(),
    startKith: (name) =>
      startKith({ folder, logLevel, profile: profile && join(profile, name), env }),
    async addUser() {
      await addUser(databaseUrl, ++users)
      return users
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
