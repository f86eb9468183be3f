import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keepLog } from '../../test/log.ts'
import { startProxy } from '../../test/proxy.ts'
import { redisTime, runRedis, startRedis, withoutRedis } from '../../test/redis.ts'
import { until } from '../../test/until.ts'
import { cacheTtlSeconds } from './cache.ts'
import { redisCache } from './redis-cache.ts'
import { connectRedis, type Redis } from './redis.ts'

const { log } = keepLog()
const answers = (redis: Redis) => redis.run((client) => client.ping())
const entry = (key: string, version: number) => ({ key, version, value: { version } })

describe('the cache while Redis is away', { skip: withoutRedis() }, () => {
  it('is as good as empty, and takes what is put without an error', async () => {
    await using server = await startRedis()
    await using redis = await connectRedis(server.url, log)
    const cache = redisCache(redis)
    await cache.put([entry('a', 1)])
    await server.stop()
    assert.deepEqual(await cache.get(['a', 'b']), [undefined, undefined])
    await cache.put([entry('a', 2)])
    assert.deepEqual(await cache.get(['a']), [undefined])
  })

  it('is not trusted again before everything older than the end of the outage has expired', async () => {
    let time = 0
    await using server = await startRedis()
    await using redis = await connectRedis(server.url, log, () => time)
    const cache = redisCache(redis)
    await cache.put([entry('a', 1)])
    server.pause()
    assert.deepEqual(await cache.get(['a']), [undefined])
    server.resume()
    await until('Redis to be back', () => answers(redis))
    assert.deepEqual(await cache.get(['a']), [undefined])
    time += cacheTtlSeconds * 1000 - 1
    assert.deepEqual(await cache.get(['a']), [undefined])
    time += 1
    assert.deepEqual(await cache.get(['a']), [{ version: 1 }])
  })
})

describe('a change that one process could not send to Redis', { skip: withoutRedis() }, () => {
  /** Two processes, of which the first one can be cut off. */
  async function twoProcesses() {
    await using stack = new AsyncDisposableStack()
    const server = stack.use(await startRedis())
    const proxy = stack.use(await startProxy(server.url))
    const far = stack.use(await connectRedis(proxy.url, log))
    const near = stack.use(await connectRedis(server.url, log))
    const resources = stack.move()
    return {
      proxy,
      far: redisCache(far),
      near: redisCache(near),
      /** By the clock of Redis, in ms since 1970. */
      now: () => redisTime(near),
      expiryOf: async (key: string) =>
        Number(await runRedis(server.url, ['PEXPIRETIME', `kith:cache:${key}`])),
      [Symbol.asyncDispose]: () => resources.disposeAsync(),
    }
  }

  it('reaches the others as soon as the process is back', async () => {
    await using two = await twoProcesses()
    await two.near.put([entry('a', 1)])
    await two.proxy.cut()
    await two.far.put([entry('a', 3)])
    await two.far.put([entry('a', 2)])
    assert.deepEqual(await two.near.get(['a']), [{ version: 1 }])
    await two.proxy.restore()
    await until('the change', async () => {
      const [value] = await two.near.get(['a'])
      assert.notDeepEqual(value, { version: 2 })
      return value !== undefined && (value as { version: number }).version === 3
    })
  })

  it('is kept through a second outage', async () => {
    await using two = await twoProcesses()
    await two.proxy.cut()
    await two.far.put([entry('a', 1)])
    await two.proxy.restore()
    await two.proxy.cut()
    await two.proxy.restore()
    await until('the change', async () => (await two.near.get(['a']))[0])
  })

  it('does not replace what others have changed since', async () => {
    await using two = await twoProcesses()
    await two.proxy.cut()
    await two.far.put([entry('a', 1), entry('last', 1)])
    await two.near.put([entry('a', 2)])
    await two.proxy.restore()
    await until('what was put together with it', async () => (await two.near.get(['last']))[0])
    assert.deepEqual(await two.near.get(['a']), [{ version: 2 }])
  })

  it('expires no later because it arrives late', async () => {
    await using two = await twoProcesses()
    await two.proxy.cut()
    await two.far.put([entry('a', 1)])
    const putAt = await two.now()
    await two.proxy.restore()
    await until('the change', async () => (await two.near.get(['a']))[0])
    const lateMs = (await two.now()) - putAt
    // If its life were counted from its arrival, it would be longer by the whole delay.
    const extraMs = (await two.expiryOf('a')) - (putAt + cacheTtlSeconds * 1000)
    assert.ok(extraMs < lateMs / 2, `${extraMs} of ${lateMs}`)
  })

  it('is sent however many there are', async () => {
    await using two = await twoProcesses()
    await two.proxy.cut()
    const entries = Array.from({ length: 1_201 }, (_, i) => entry(`a${i}`, 1))
    await two.far.put(entries)
    await two.proxy.restore()
    await until('all changes', async () => {
      const values = await two.near.get(entries.map(({ key }) => key))
      return values.every((value) => value !== undefined)
    })
  })
})
