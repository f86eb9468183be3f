import { execFile, execFileSync } from 'node:child_process'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { anyNamedUser, type User } from '../src/db/embedded/owner.ts'
import { findPrograms as findEmbedded, type Programs } from '../src/db/embedded/programs.ts'
import { reachableByAll } from '../src/db/embedded/reachable-copy.ts'
import { findPrograms, freePort, startProgram } from './programs.ts'

export type TestPostgres = AsyncDisposable & {
  /** Opens a database of this cluster as a superuser. */
  url(database: string): string
  /** Runs one statement in the database `postgres`. */
  run(sql: string): Promise<void>
  /** Ends it: orderly by SIGINT, as in a power cut by SIGQUIT. */
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>
  /** Starts it again on the same port, with what it had stored. */
  start(): Promise<void>
}

const oldestVersion = 15

/** The newest PostgreSQL on this machine that Kith supports. */
export function findPostgres(): { folder: string; version: number } | undefined {
  return findPrograms(['initdb'], ['/usr/lib/postgresql/*/bin'])
    .map((file) => ({ folder: dirname(file), version: versionOf(file) }))
    .filter(({ version }) => version >= oldestVersion)
    .sort((a, b) => b.version - a.version)[0]
}

/**
 * Starts a throwaway cluster on a free port, of the PostgreSQL that is installed on this machine, or
 * else of the one that Kith embeds. It has a role `kith`, which may do nothing yet. Its texts sort as in English, so that a query that
 * forgets its collation is found out.
 * @param settings PostgreSQL's own; by default it is fast and forgets all in a power cut
 */
export async function startPostgres(settings: Record<string, string> = {}): Promise<TestPostgres> {
  const user = process.getuid?.() === 0 ? anyNamedUser() : undefined
  const programs = await programsFor(user)
  const home = await mkdtemp(join(tmpdir(), 'kith-postgres-'))
  if (user) await chown(home, user.uid, user.gid)
  const options = { cwd: home, ...user }
  const data = join(home, 'data')
  const locale = ['--locale=C', '--locale-provider=icu', '--icu-locale=en', '--encoding=UTF8']
  await promisify(execFile)(
    programs.initdb,
    ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', ...locale],
    options,
  )

  const port = await freePort()
  const args = Object.entries({
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '300',
    fsync: 'off',
    full_page_writes: 'off',
    ...settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const start = () =>
    startProgram(programs.postgres, ['-D', data, ...args], /ready to accept/, options)
  let postgres = await start()
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  await runSql(url('postgres'), 'create role kith login')
  return {
    url,
    run: (sql) => runSql(url('postgres'), sql),
    stop: (signal = 'SIGINT') => postgres.end(signal),
    async start() {
      postgres = await start()
    },
    async [Symbol.asyncDispose]() {
      await postgres.end('SIGINT')
      await rm(home, { recursive: true })
    },
  }
}

export async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function versionOf(file: string): number {
  return Number(/ (\d+)/.exec(execFileSync(file, ['--version'], { encoding: 'utf8' }))?.[1])
}

async function programsFor(user: User | undefined): Promise<Pick<Programs, 'initdb' | 'postgres'>> {
  const installed = findPostgres()?.folder
  if (installed) return { initdb: join(installed, 'initdb'), postgres: join(installed, 'postgres') }
  const embedded = await findEmbedded()
  return user ? reachableByAll(embedded) : embedded
}
