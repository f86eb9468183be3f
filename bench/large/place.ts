import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { findAddress } from '../../server/src/db/embedded/address.ts'
import { clusterFolder } from '../../server/src/db/embedded/cluster.ts'
import { startEmbedded } from '../../server/src/db/embedded/embedded.ts'
import { createLogger } from '../../server/src/log.ts'
import { runSql } from '../../server/test/postgres.ts'
import { createWallet } from '../accounts.ts'
import { addUser, settle } from '../bulk/newcomers.ts'
import { openSite } from '../bulk/site.ts'
import { describeDataset } from '../dataset.ts'
import { fillEmbedded } from '../embedded-seed.ts'
import { startKith } from '../kith.ts'
import type { NodeProcess } from '../node-process.ts'
import type { Options } from '../options.ts'

/** A server, and somebody there with an empty book. */
export type Place = AsyncDisposable & {
  name: string
  kith: NodeProcess
  token: () => string
  /** So that what was left to do by filling the book does not fall into what is measured. */
  settle: () => Promise<void>
}

export function openPlace(options: Options, folder: string): Promise<Place> {
  return options.embedded ? openEmbedded(options, folder) : openPostgres(options, folder)
}

async function openPostgres(options: Options, folder: string): Promise<Place> {
  await using stack = new AsyncDisposableStack()
  const site = stack.use(await openSite(options, folder))
  const user = await site.addUser()
  const kith = stack.use(await site.startKith('search'))
  const resources = stack.move()
  return {
    name: 'PostgreSQL',
    kith,
    token: () => site.wallet.tokenOf(user),
    settle: () => settle(site.databaseUrl),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function openEmbedded(options: Options, folder: string): Promise<Place> {
  const dataset = describeDataset(options)
  const dataDir = await mkdtemp(join(folder, 'embedded-'))
  await fillEmbedded(dataDir, dataset)
  const user = dataset.users + 1
  await addUserTo(dataDir, user)
  const { logLevel, profile } = options
  const kith = await startKith({ folder, logLevel, profile, env: { DATA_DIR: dataDir } })
  const wallet = createWallet()
  return {
    name: 'embedded',
    kith,
    token: () => wallet.tokenOf(user),
    settle: () => runSql(addressOf(dataDir), 'vacuum (analyze)'),
    [Symbol.asyncDispose]: () => kith[Symbol.asyncDispose](),
  }
}

async function addUserTo(dataDir: string, user: number): Promise<void> {
  await using embedded = await startEmbedded(dataDir, createLogger('warn'))
  await addUser(embedded.url('kith', 'postgres'), user)
}

function addressOf(dataDir: string): string {
  return findAddress(clusterFolder(dataDir)).url('kith', 'postgres')
}
