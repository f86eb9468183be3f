import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
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

/** Why a test that needs PostgreSQL is skipped on this machine; false when it is not. */
export function withoutPostgres(): string | false {
  return findPostgres() ? false : 'PostgreSQL 15 or newer was not found'
}

/**
 * Starts a throwaway cluster on a free port. Its texts sort as in English, so that a query that
 * forgets its collation is found out.
 * @param settings PostgreSQL's own; by default it is fast and forgets all in a power cut
 */
export async function startPostgres(settings: Record<string, string> = {}): Promise<TestPostgres> {
  const found = findPostgres()
  if (!found) throw new Error('PostgreSQL was not found')
  const home = await mkdtemp(join(tmpdir(), 'kith-postgres-'))
  const user = unprivilegedUser()
  if (user) await chown(home, user.uid, user.gid)
  const options = { cwd: home, ...user }
  const data = join(home, 'data')
  const locale = ['--locale=C', '--locale-provider=icu', '--icu-locale=en', '--encoding=UTF8']
  await promisify(execFile)(
    join(found.folder, 'initdb'),
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
    startProgram(join(found.folder, 'postgres'), ['-D', data, ...args], /ready to accept/, options)
  let postgres = await start()
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
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

/** PostgreSQL refuses to run as root, so root lends it another user of the machine. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const [, , uid, gid] =
    users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody') ?? []
  return { uid: Number(uid), gid: Number(gid) }
}
