import { rm } from 'node:fs/promises'
import { createConnection, createServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Logger } from '../log.ts'
import { shortPath } from '../short-path.ts'
import type { Cache, CacheEntry } from './cache.ts'

/**
 * Lets a command that works beside this process put into its cache what it has changed: by a socket
 * in the data folder, for whoever may enter that.
 */
export async function serveCache(
  cache: Cache,
  dataDir: string,
  log: Logger,
): Promise<AsyncDisposable> {
  const { path, ...short } = socketIn(dataDir)
  // The folder's lock is ours, so a socket that is there was left by a crash.
  if (!isPipe(path)) await rm(path, { force: true })
  const server = createServer({ allowHalfOpen: true }, (socket) => void take(cache, socket, log))
  const listening = Promise.withResolvers<void>()
  server.once('listening', listening.resolve)
  server.on('error', (error) => {
    log.warn({ err: error }, 'commands cannot reach the cache: what they change counts in a minute')
    listening.resolve()
  })
  server.listen(path).unref()
  await listening.promise
  return {
    async [Symbol.asyncDispose]() {
      server.close()
      short[Symbol.dispose]()
    },
  }
}

async function take(cache: Cache, socket: Socket, log: Logger) {
  socket.on('error', () => socket.destroy())
  try {
    // Else the end of what is read would be the end of the socket, before the answer.
    const entries = await text(socket.iterator({ destroyOnReturn: false }))
    await cache.put(JSON.parse(entries) as CacheEntry[])
  } catch (error) {
    log.warn({ err: error }, 'what a command put into the cache was not understood')
  }
  socket.end()
}

/**
 * The cache of the process that has the data folder, for one that works beside it: to be put into, not
 * to be read.
 */
export function cacheOfOther(dataDir: string): Cache {
  return {
    get: (keys) => keys.map(() => undefined),
    async put(entries) {
      const { path, ...short } = socketIn(dataDir)
      try {
        const socket = createConnection(path)
        socket.end(JSON.stringify(entries))
        // It ends when they are there.
        await text(socket)
      } catch {
        // Nobody listens, so nobody has cached anything yet.
      } finally {
        short[Symbol.dispose]()
      }
    },
  }
}

function socketIn(dataDir: string): Disposable & { path: string } {
  if (process.platform === 'win32') {
    const name = Buffer.from(dataDir).toString('hex').slice(-100)
    return { path: `\\\\.\\pipe\\kith-${name}`, [Symbol.dispose]: () => {} }
  }
  const { folder, ...short } = shortPath(dataDir)
  return { path: `${folder}/cache.sock`, ...short }
}

function isPipe(path: string): boolean {
  return path.startsWith('\\\\')
}
