import type { Logger } from '../log.ts'
import { cacheTtlSeconds } from './cache.ts'
import { singleClient, type RedisClient } from './redis-client.ts'
import { clusterClient } from './redis-cluster.ts'
import { parseRedisUrl } from './redis-url.ts'

/** A Redis that may be away: nothing here throws or waits for long. */
export type Redis = AsyncDisposable & {
  /** Runs `work`, or answers undefined when Redis is away, refuses or does not answer in time. */
  run<T>(work: (client: RedisClient) => Promise<T>): Promise<T | undefined>
  /**
   * Whether what is stored may be believed: after an outage only once everything written before
   * its end has expired, since changes made meanwhile could not be told to Redis.
   */
  isTrusted(): boolean
  /** Whether Redis has answered within the last second, so that its pushes would have come too. */
  isInTouch(): boolean
  /** Calls `listener` each time that Redis is back after an outage. */
  onBack(listener: () => void): void
  /**
   * Calls `listener` when a key that was read has changed or expired, with null when that may be
   * so of any key: "client-side caching", https://redis.io/docs/latest/develop/reference/client-side-caching/
   */
  onChange(listener: (key: string | null) => void): void
}

const answerWithinMs = 500
const connectWithinMs = 2_000
const retryAfterMs = 1_000
const waitAtStartMs = 1_000
const inTouchMs = 1_000

/**
 * Connects, waiting a second at most: the server starts whether or not Redis is there.
 *
 * Whatever goes wrong with a connection ends it, and a new one is tried every second. So a Redis
 * that hangs costs one time-out, not one for every request, and one that lost its host without a
 * word or became a read-only replica is left for whatever answers at its address now.
 * @param now a clock in ms that never goes back
 */
export async function connectRedis(
  url: string,
  log: Logger,
  now: () => number = () => performance.now(),
): Promise<Redis> {
  const backListeners: (() => void)[] = []
  const changeListeners: ((key: string | null) => void)[] = []
  let current: RedisClient | undefined
  let retry: NodeJS.Timeout | undefined
  let isAway = false
  let trustedFrom = -Infinity
  let heardAt = -Infinity

  async function connect() {
    const client = clientFor(url)
    current = client
    client.onError((error) => lose(client, error))
    client.onChange(tellChange)
    try {
      await within(connectWithinMs, client.connect())
    } catch (error) {
      return lose(client, error)
    }
    if (isAway) noteBack()
  }

  function lose(client: RedisClient, error: unknown) {
    if (client !== current) return
    current = undefined
    client.destroy()
    if (!isAway) log.warn({ err: error }, 'Redis is away: going on without it')
    isAway = true
    tellChange(null)
    retry = setTimeout(() => void connect(), retryAfterMs).unref()
  }

  function noteBack() {
    log.info('Redis is back')
    isAway = false
    trustedFrom = now() + cacheTtlSeconds * 1000
    for (const listener of backListeners) listener()
  }

  function tellChange(key: string | null) {
    for (const listener of changeListeners) listener(key)
  }

  const waited = Promise.withResolvers<void>()
  const timer = setTimeout(waited.resolve, waitAtStartMs)
  await Promise.race([connect(), waited.promise])
  clearTimeout(timer)

  return {
    async run(work) {
      const client = current
      if (!client?.isReady) return undefined
      try {
        const answer = await within(answerWithinMs, work(client))
        heardAt = now()
        return answer
      } catch (error) {
        lose(client, error)
        return undefined
      }
    },
    isTrusted: () => !isAway && now() >= trustedFrom,
    isInTouch: () => current?.pushesChanges === true && now() - heardAt < inTouchMs,
    onBack: (listener) => void backListeners.push(listener),
    onChange: (listener) => void changeListeners.push(listener),
    async [Symbol.asyncDispose]() {
      clearTimeout(retry)
      const client = current
      current = undefined
      client?.destroy()
    },
  }
}

function clientFor(url: string): RedisClient {
  const nodes = parseRedisUrl(url)
  return nodes.length > 1
    ? clusterClient(nodes, connectWithinMs)
    : singleClient(url, connectWithinMs)
}

/**
 * Rejects when `work` takes longer than `ms`, in turns: a stall of our own process, after which
 * the timer is due before the answer can be read, counts as one.
 */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  let turns = 0
  const timer = setInterval(() => {
    if (++turns === 5) late.reject(new Error(`Redis did not answer within ${ms} ms`))
  }, ms / 5)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearInterval(timer)
  }
}
