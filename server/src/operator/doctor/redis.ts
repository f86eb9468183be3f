import { createClient } from '@redis/client'
import { parseRedisUrl } from '../../cache/redis-url.ts'
import type { Config } from '../../config.ts'
import { findingsOf, reasonOf, type Finding } from './finding.ts'

const { ok, warning, problem } = findingsOf('Redis')

/** Whether it answers, and each node of a cluster that is named. */
export async function checkRedis({ redisUrl, databaseUrl }: Config): Promise<Finding[]> {
  if (!redisUrl && databaseUrl) {
    return [ok('not used: right for one process, several need REDIS_URL')]
  }
  if (!redisUrl) return [ok('not used')]
  const nodes = parseRedisUrl(redisUrl)
  if (nodes.length === 1) return [await checkNode(redisUrl)]
  const findings = await Promise.all(nodes.map(({ href }) => checkNode(href)))
  return findings.map((finding, index) => ({
    ...finding,
    text: `${nodes[index]?.host} ${finding.text}`,
  }))
}

async function checkNode(url: string): Promise<Finding> {
  const socket = { connectTimeout: 3_000, reconnectStrategy: false as const }
  const client = createClient({ url, socket, commandOptions: { timeout: 3_000 } })
  // What goes wrong is heard where it is waited for.
  client.on('error', () => {})
  try {
    await client.connect()
    const info = await client.info()
    const version = /^(?:redis|valkey)_version:(\S+)/m.exec(info)?.[1] ?? ''
    const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? ''
    const hasLimit = !/^maxmemory:0\b/m.test(info)
    return hasLimit && policy === 'noeviction'
      ? warning(
          `${version}, which takes no more once its memory is full`,
          'set maxmemory-policy to allkeys-lru: Kith keeps nothing there that may not go',
        )
      : ok(`answers, version ${version}`)
  } catch (error) {
    const advice = 'start it, or see whether REDIS_URL is right; until then Kith goes on without'
    return problem(`it does not answer: ${reasonOf(error)}`, advice)
  } finally {
    client.destroy()
  }
}
