import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import type { Redis } from '../src/cache/redis.ts'
import { findRedis, freePort, startProgram } from './programs.ts'
import { until } from './until.ts'

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

/**
 * Starts a throwaway Redis on a free port, in memory alone.
 * @param settings Redis's own
 */
export async function startRedis(settings: string[] = []): Promise<TestRedis> {
  const file = findRedis()
  if (!file) throw new Error('Redis was not found')
  const port = await freePort()
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no']
  args.push(...settings)
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

/** Runs a command on a connection of its own. */
export async function runRedis(url: string, command: string[]): Promise<unknown> {
  const client = createClient({ url })
  await client.connect()
  try {
    return await client.sendCommand(command)
  } finally {
    client.destroy()
  }
}

/** The time by the clock of Redis, in ms since 1970. */
export async function redisTime(redis: Redis): Promise<number> {
  const time = await redis.run((client) =>
    client.eval("return redis.call('time')", { keys: [''], arguments: [] }),
  )
  if (!Array.isArray(time)) throw new Error('Redis is away')
  const [seconds, microseconds] = time.map(Number)
  return (seconds ?? NaN) * 1000 + Math.floor((microseconds ?? NaN) / 1000)
}

/** Starts a cluster of three nodes, each with a third of the keys. */
export async function startRedisCluster() {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(await mkdtempDisposable(join(tmpdir(), 'kith-redis-')))
  const nodes = await Promise.all(
    slotsOfNodes.map(async (slots, index) => {
      const file = join(folder.path, `nodes-${index}.conf`)
      const node = await startRedis(['--cluster-enabled', 'yes', '--cluster-config-file', file])
      stack.use(node)
      await runRedis(node.url, ['CLUSTER', 'ADDSLOTSRANGE', ...slots])
      return node
    }),
  )
  const ports = nodes.map(({ url }) => new URL(url).port)
  const urls = nodes.map(({ url }) => url)
  for (const port of ports.slice(1)) {
    await runRedis(urls[0] ?? '', ['CLUSTER', 'MEET', '127.0.0.1', port])
  }
  for (const url of urls) {
    await until('the cluster to be whole', async () => {
      const info = String(await runRedis(url, ['CLUSTER', 'INFO']))
      return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3')
    })
  }
  const resources = stack.move()
  return {
    url: `redis://${ports.map((port) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

const slotsOfNodes = [
  ['0', '5460'],
  ['5461', '10922'],
  ['10923', '16383'],
]
