import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keepLog } from '../../test/log.ts'
import { startRedisCluster, withoutRedis } from '../../test/redis.ts'
import { until } from '../../test/until.ts'
import { memoryCounter } from '../limits/counter.ts'
import { redisCounter } from '../limits/redis-counter.ts'
import { redisCache } from './redis-cache.ts'
import { connectRedis } from './redis.ts'

describe('a Redis Cluster', { skip: withoutRedis() }, () => {
  it('is one cache for all processes, whichever node has a key', async () => {
    await using cluster = await startRedisCluster()
    await using one = await connectRedis(cluster.url, keepLog().log)
    await using other = await connectRedis(cluster.url, keepLog().log)
    const keys = Array.from({ length: 20 }, (_, index) => `user:${index}`)
    await redisCache(one).put(keys.map((key) => ({ key, version: 1, value: { key } })))
    const seen = redisCache(other)
    assert.deepEqual(
      await seen.get(keys),
      keys.map((key) => ({ key })),
    )

    await redisCache(one).put([{ key: 'user:7', version: 2, value: null }])
    assert.deepEqual(await seen.get(['user:7', 'user:8']), [null, { key: 'user:8' }])
  })

  it('counts for all processes', async () => {
    await using cluster = await startRedisCluster()
    await using one = await connectRedis(cluster.url, keepLog().log)
    await using other = await connectRedis(cluster.url, keepLog().log)
    using fallback = memoryCounter()
    const counters = [one, other].map((redis) => redisCounter(redis, fallback))
    const takes = await Promise.all(
      Array.from({ length: 10 }, () =>
        counters.map((counter) => counter.take('ada', 10, 60)),
      ).flat(),
    )
    assert.equal(takes.filter((take) => take.allowed).length, 10)
  })

  it('is away while one of its nodes is, and the log mentions that and its return once', async () => {
    await using cluster = await startRedisCluster()
    const { log, lines } = keepLog()
    await using redis = await connectRedis(cluster.url, log)
    const ping = () => redis.run((client) => client.ping())
    cluster.nodes[1]?.pause()
    await until('the outage', async () => (await ping()) === undefined)
    assert.equal(redis.isTrusted(), false)
    cluster.nodes[1]?.resume()
    await until('an answer', ping)
    const messages = lines.map((line) => JSON.parse(line).msg)
    assert.deepEqual(messages, ['Redis is away: going on without it', 'Redis is back'])
  })
})
