import { randomBytes } from 'node:crypto'
import { cpSync } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { makeDataDir } from '../src/db/data-dir.ts'
import { openDatabase, type OpenDatabase } from '../src/db/database.ts'
import { clusterFolder } from '../src/db/embedded/cluster.ts'
import { startEmbedded } from '../src/db/embedded/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { createJobs } from '../src/jobs/jobs.ts'
import { createLogger } from '../src/log.ts'
import { runSql, type TestPostgres } from './postgres.ts'

export type TestDatabase = AsyncDisposable & { url: string }

const log = createLogger('silent')
// As the embedded cluster calls it.
const templateName = 'kith'

/** PostgreSQL's settings where nothing has to outlive the tests. */
const forgetful = { fsync: 'off', full_page_writes: 'off', max_connections: '300' }

/**
 * An embedded PostgreSQL that test files share, with the database of which they get copies.
 * @param copyTo where a copy of the whole cluster goes, for servers that have one of their own
 */
export async function startSharedCluster(dataDir: string, copyTo?: string) {
  makeDataDir(dataDir)
  const start = () => startEmbedded(dataDir, log, forgetful)
  {
    await using cluster = await start()
    await prepareTemplate(cluster.url())
  }
  if (copyTo) cpSync(clusterFolder(dataDir), copyTo, { recursive: true })
  const cluster = await start()
  return { ...cluster, template: cluster.url(templateName, 'postgres') }
}

/** The same in a cluster that is no embedded one. */
export async function makeTemplate(postgres: TestPostgres): Promise<string> {
  await postgres.run(`create database ${templateName} owner kith`)
  const template = postgres.url(templateName)
  await prepareTemplate(urlOf(template, 'kith', templateName))
  return template
}

/** Brings an empty database to where a server finds nothing left to set up. */
export async function prepareTemplate(url: string): Promise<void> {
  await using database = openDatabase(url, log)
  await migrate(database.db)
  const jobs = createJobs(database, log)
  await jobs.start({
    mail: async () => {},
    'remove-avatar': async () => {},
    'propagate-label': async () => {},
    import: async () => {},
    reproject: async () => {},
    cleanup: async () => {},
  })
  await jobs.stop()
}

/** A database of its own, up to date, in the cluster that the files of a pass share. */
export async function copyDatabase(): Promise<TestDatabase> {
  const shared = process.env['KITH_TEST_TEMPLATE']
  const own = shared === undefined ? await useOwnCluster() : undefined
  const template = shared ?? own?.template ?? ''
  const admin = urlOf(template, 'postgres', 'template1')
  const name = `kith_${randomBytes(8).toString('hex')}`
  await runSql(
    admin,
    `create database ${name} template ${templateName} strategy file_copy owner kith`,
  )
  return {
    url: urlOf(template, 'kith', name),
    async [Symbol.asyncDispose]() {
      await runSql(admin, `drop database if exists ${name} with (force)`)
      await own?.release()
    },
  }
}

/** The same, open, for tests of queries that need no server. */
export async function openTestDatabase(): Promise<OpenDatabase> {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await copyDatabase())
  const database = stack.use(openDatabase(url, log))
  const resources = stack.move()
  return { ...database, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

type OwnCluster = { template: string; release(): Promise<void> }
let ownCluster: Promise<OwnCluster> | undefined
let users = 0

/** For a test file that is run alone: a cluster until the tests are over and nobody uses it any more. */
function useOwnCluster(): Promise<OwnCluster> {
  users++
  ownCluster ??= startOwnCluster()
  return ownCluster
}

async function startOwnCluster(): Promise<OwnCluster> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
  const cluster = await startSharedCluster(folder.path)
  let areTestsOver = false
  async function end() {
    await cluster[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  }
  // What a file disposes of after its tests was asked for later than this, and is so disposed of later.
  after(async () => {
    areTestsOver = true
    if (users === 0) await end()
  })
  return {
    template: cluster.template,
    async release() {
      users--
      if (areTestsOver && users === 0) await end()
    },
  }
}

function urlOf(template: string, username: string, pathname: string): string {
  return Object.assign(new URL(template), { username, pathname }).href
}
