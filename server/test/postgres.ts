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

/** A cluster that follows another one, and takes over from it once it is promoted. */
export type TestStandby = AsyncDisposable & {
  url(database: string): string
  promote(): Promise<void>
}

const oldestVersion = 15

/** The newest PostgreSQL on this machine that Kith supports. */
export function findPostgres(): { folder: string; version: number } | undefined {
  return findPrograms(['initdb'], ['/usr/lib/postgresql/*/bin'])
    .map((file) => ({ folder: dirname(file), version: versionOf(file) }))
    .filter(({ version }) => version >= oldestVersion)
    .sort((a, b) => b.version - a.version)[0]
}

/** The program that makes a standby of that PostgreSQL. */
export function findBaseBackup(): string | undefined {
  const { version } = findPostgres() ?? {}
  const programs = findPrograms(['pg_basebackup'], ['/usr/lib/postgresql/*/bin'])
  return programs.find((file) => versionOf(file) === version)
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
  const args = argumentsOf(data, port, settings)
  const start = () => startProgram(programs.postgres, args, /ready to accept/, options)
  let postgres = await start()
  const url = urlAt(port)
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

/**
 * Starts a cluster that follows another one synchronously: from here on, the other one answers a commit
 * once both have it.
 */
export async function startStandby(primary: TestPostgres): Promise<TestStandby> {
  const user = process.getuid?.() === 0 ? anyNamedUser() : undefined
  const copier = findBaseBackup()
  if (!copier) throw new Error('there is no pg_basebackup of the installed PostgreSQL')
  const { postgres } = await programsFor(user)
  const home = await mkdtemp(join(tmpdir(), 'kith-standby-'))
  if (user) await chown(home, user.uid, user.gid)
  const options = { cwd: home, ...user }
  const data = join(home, 'data')
  const from = ['--dbname', primary.url('postgres'), '--checkpoint=fast', '--no-sync']
  await promisify(execFile)(copier, ['-D', data, '-R', ...from], options)

  const port = await freePort()
  const args = argumentsOf(data, port, {})
  const standby = await startProgram(postgres, args, /ready to accept/, options)
  await primary.run("alter system set synchronous_standby_names = '*'")
  await primary.run('select pg_reload_conf()')
  const url = urlAt(port)
  return {
    url,
    promote: () => runSql(url('postgres'), 'select pg_promote()'),
    async [Symbol.asyncDispose]() {
      await standby.end('SIGINT')
      await rm(home, { recursive: true })
    },
  }
}

function argumentsOf(data: string, port: number, settings: Record<string, string>): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '300',
    fsync: 'off',
    full_page_writes: 'off',
    ...settings,
  }
  return ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

function urlAt(port: number) {
  return (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
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
