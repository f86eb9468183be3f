import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { shortPath } from '../../short-path.ts'

/** Where a cluster listens: at a socket in its folder, on Windows at a port of the loopback. */
export type Address = Disposable & {
  /** What PostgreSQL has to be told. */
  settings: Record<string, string>
  /** As Kith, or as the superuser. */
  url: (database?: string, user?: 'kith' | 'postgres') => string
  /** Whether anybody listens there. */
  answers(): Promise<boolean>
}

const isWindows = process.platform === 'win32'
const socketPort = '5432'

export async function newAddress(folder: string): Promise<Address> {
  return isWindows ? loopback(folder, await freePort()) : socketIn(folder)
}

/** Where the cluster that runs listens. */
export function findAddress(folder: string): Address {
  return isWindows ? loopback(folder, Number(pidFile(folder)[3])) : socketIn(folder)
}

/** The process that runs the cluster, or did; undefined where it has ended in order. */
export function postmasterOf(folder: string): number | undefined {
  return Number(pidFile(folder)[0]) || undefined
}

/**
 * The files by which PostgreSQL keeps a second one out of a cluster, and off its socket: each names a process
 * that may be gone.
 */
export function lockFiles(folder: string): string[] {
  return ['postmaster.pid', `.s.PGSQL.${socketPort}.lock`].map((name) => join(folder, name))
}

function pidFile(folder: string): string[] {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function socketIn(folder: string): Address {
  const short = shortPath(folder)
  return {
    // Whoever cannot reach the folder by its path can do so from inside.
    settings: { listen_addresses: '', unix_socket_directories: '.', port: socketPort },
    url: (database = 'kith', user = 'kith') =>
      `postgres://${user}@${encodeURIComponent(short.folder)}:${socketPort}/${database}`,
    answers: () => isListening({ path: `${short.folder}/.s.PGSQL.${socketPort}` }),
    [Symbol.dispose]: () => short[Symbol.dispose](),
  }
}

function loopback(folder: string, port: number): Address {
  const host = '127.0.0.1'
  return {
    settings: { listen_addresses: host, unix_socket_directories: '', port: String(port) },
    url: (database = 'kith', user = 'kith') =>
      `postgres://${user}:${readFileSync(passwordFile(folder), 'utf8')}@${host}:${port}/${database}`,
    answers: () => isListening({ host, port }),
    [Symbol.dispose]: () => {},
  }
}

/** The password of both users, for where a socket does not keep others out. */
export function makePassword(folder: string): { file: string; text: string } {
  const file = passwordFile(folder)
  const text = randomBytes(24).toString('hex')
  writeFileSync(file, text, { mode: 0o600, flush: true })
  return { file, text }
}

function passwordFile(folder: string): string {
  return `${folder}.password`
}

function isListening(where: { path: string } | { host: string; port: number }): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(where)
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}
