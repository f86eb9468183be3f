import { parseHosts } from '../hosts.ts'

const redis = { protocols: ['redis:', 'rediss:'], usualPort: 6379 }

/**
 * Reads a `REDIS_URL`: of one Redis, or of several nodes of a cluster, from which the others are
 * found: `redis://:password@one:6379,other:6379`.
 * @returns a URL for each of them
 * @throws Error whose message goes on behind the name of the setting
 */
export function parseRedisUrl(text: string): URL[] {
  return parseHosts(text, redis).map(({ url }) => url)
}
