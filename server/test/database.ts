import { randomBytes } from 'node:crypto'
import { cpSync, existsSync } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type OpenDatabase } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { createJobs } from '../src/jobs/jobs.ts'
import { createLogger } from '../src/log.ts'
import { runSql } from './postgres.ts'

type Where = { databaseUrl: string | null; dataDir: string }
export type TestDatabase = Where & AsyncDisposable

const log = createLogger('silent')

/**
 * A database of its own, up to date, on the backend that run.ts chose for this pass: a copy of a
 * template that was made once. A test file that is run alone makes an embedded one, slowly. One
 * that is in the data folder already is left as it is.
 */
export async function copyDatabase(dataDir: string): Promise<TestDatabase> {
  const postgres = process.env['KITH_TEST_POSTGRES']
  if (postgres) return copyPostgres(postgres, dataDir)
  const embedded = { databaseUrl: null, dataDir }
  const folder = join(dataDir, 'db')
  const template = process.env['KITH_TEST_EMBEDDED']
  if (template && !existsSync(folder)) cpSync(template, folder, { recursive: true })
  if (!template) await prepareTemplate(embedded)
  return { ...embedded, [Symbol.asyncDispose]: async () => {} }
}

/** @param template URL of the migrated database, in a cluster where we may create others */
async function copyPostgres(template: string, dataDir: string): Promise<TestDatabase> {
  const name = `kith_${randomBytes(8).toString('hex')}`
  const url = (database: string) => Object.assign(new URL(template), { pathname: database }).href
  const templateName = new URL(template).pathname.slice(1)
  await runSql(url('postgres'), `create database ${name} template ${templateName}`)
  return {
    databaseUrl: url(name),
    dataDir,
    [Symbol.asyncDispose]: () =>
      runSql(url('postgres'), `drop database if exists ${name} with (force)`),
  }
}

/** The same, open, for tests of queries that need no server. */
export async function openTestDatabase(): Promise<OpenDatabase> {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(await mkdtempDisposable(join(tmpdir(), 'kith-data-')))
  const where = stack.use(await copyDatabase(folder.path))
  const database = stack.use(await openDatabase(where, log))
  const resources = stack.move()
  return { ...database, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** Brings an empty database to where a server finds nothing left to set up. */
export async function prepareTemplate(where: Where): Promise<void> {
  await using database = await openDatabase(where, log)
  await migrate(database.db)
  const jobs = createJobs(database, log)
  await jobs.start({
    mail: async () => {},
    'remove-avatar': async () => {},
    'propagate-label': async () => {},
    import: async () => {},
    cleanup: async () => {},
  })
  await jobs.stop()
}
