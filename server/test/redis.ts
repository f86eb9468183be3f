import type { Redis } from '../src/cache/redis.ts'
import { findRedis, freePort, startProgram } from './programs.ts'

export type TestRedis = AsyncDisposable & {
  url: string
  /** Hangs it: connections stay open, nothing is answered. */
  pause(): void
  resume(): void
  /** Ends it, and with it all it knew. */
  stop(): Promise<void>
  /** Starts it again on the same port, empty. */
  start(): Promise<void>
}

/** Why a test that needs Redis is skipped on this machine; false when it is not. */
export function withoutRedis(): string | false {
  return findRedis() ? false : 'neither redis-server nor valkey-server was found'
}

/** Starts a throwaway Redis on a free port, in memory alone. */
export async function startRedis(): Promise<TestRedis> {
  const file = findRedis()
  if (!file) throw new Error('Redis was not found')
  const port = await freePort()
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no']
  const start = () => startProgram(file, args, /Ready to accept connections/)
  let redis = await start()
  const stop = () => redis.end('SIGKILL')
  return {
    url: `redis://127.0.0.1:${port}`,
    pause: () => redis.signal('SIGSTOP'),
    resume: () => redis.signal('SIGCONT'),
    stop,
    async start() {
      redis = await start()
    },
    [Symbol.asyncDispose]: stop,
  }
}

/** The time by the clock of Redis, in ms since 1970. */
export async function redisTime(redis: Redis): Promise<number> {
  const time = await redis.run((client) => client.sendCommand<string[]>(['TIME']))
  if (!time) throw new Error('Redis is away')
  const [seconds, microseconds] = time.map(Number)
  return (seconds ?? NaN) * 1000 + Math.floor((microseconds ?? NaN) / 1000)
}
