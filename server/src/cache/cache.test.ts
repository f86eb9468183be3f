import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createClient } from '@redis/client'
import fc from 'fast-check'
import { keepLog } from '../../test/log.ts'
import { startRedis, withoutRedis } from '../../test/redis.ts'
import { until } from '../../test/until.ts'
import { cacheTtlSeconds, memoryCache, noCache, type Cache } from './cache.ts'
import { redisCache } from './redis-cache.ts'
import { connectRedis } from './redis.ts'

type Parts = AsyncDisposable & { cache: Cache; pass(seconds: number): Promise<void> }

describe('the cache in memory', () => suite(inMemory))
describe('the cache in Redis', { skip: withoutRedis() }, () => suite(inRedis))

function suite(open: () => Promise<Parts>) {
  it('gives back what was put, in the order of the keys', async () => {
    await using parts = await open()
    await parts.cache.put([entry('a', 1, { name: 'Ada' }), entry('b', 7, null)])
    assert.deepEqual(await parts.cache.get(['b', 'nobody', 'a']), [
      null,
      undefined,
      { name: 'Ada' },
    ])
  })

  it('keeps the newest version, whatever the order and company in which versions come', async () => {
    await using parts = await open()
    let round = 0
    const versions = fc.array(fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(versions, async (batches) => {
        const key = `round ${++round}`
        const puts = batches.map((batch) =>
          parts.cache.put(batch.map((version) => entry(key, version, { version }))),
        )
        await Promise.all(puts)
        const [value] = await parts.cache.get([key])
        assert.deepEqual(value, { version: Math.max(...batches.flat()) })
      }),
      { numRuns: 50 },
    )
  })

  it('compares versions as numbers', async () => {
    await using parts = await open()
    await parts.cache.put([entry('a', 10, { version: 10 })])
    await parts.cache.put([entry('a', 9, { version: 9 })])
    assert.deepEqual(await parts.cache.get(['a']), [{ version: 10 }])
  })

  it('forgets a value when its time is over, and not before', async () => {
    await using parts = await open()
    await parts.cache.put([entry('a', 1, {})])
    await parts.pass(cacheTtlSeconds - 5)
    assert.deepEqual(await parts.cache.get(['a']), [{}])
    await parts.pass(10)
    await until('it to be forgotten', async () => !(await parts.cache.get(['a']))[0])
  })

  it('takes an older version once the newer one is forgotten', async () => {
    await using parts = await open()
    await parts.cache.put([entry('a', 2, { version: 2 })])
    await parts.pass(cacheTtlSeconds + 5)
    await until('it to be forgotten', async () => !(await parts.cache.get(['a']))[0])
    await parts.cache.put([entry('a', 1, { version: 1 })])
    assert.deepEqual(await parts.cache.get(['a']), [{ version: 1 }])
  })

  it('lets nobody change what another one reads', async () => {
    await using parts = await open()
    const value = { tags: ['friend'] }
    await parts.cache.put([entry('a', 1, value)])
    value.tags.push('changed')
    const [read] = (await parts.cache.get(['a'])) as [typeof value]
    assert.throws(() => read.tags.push('changed'), TypeError)
    assert.deepEqual(await parts.cache.get(['a']), [{ tags: ['friend'] }])
  })

  it('keeps any text as it is', async () => {
    await using parts = await open()
    const value = { text: 'Zoë 🎂 "quoted"\n1:2\u2028\\' }
    await parts.cache.put([entry('a:1:"x y"', 1, value)])
    assert.deepEqual(await parts.cache.get(['a:1:"x y"']), [value])
  })
}

describe('what Redis stores', { skip: withoutRedis() }, () => {
  const nonsense = ['', '5', '1:', '1:{"name":"Ad', 'x:{}', '{"name":"Ada"}', ':{}', '1:\u0000']

  it('misses what it cannot read, and puts what is right in its place', async () => {
    await using parts = await inRedis()
    for (const text of nonsense) {
      await parts.raw.set('kith:cache:a', text)
      await until(`${text} to be missed`, async () => !(await parts.cache.get(['a']))[0])
      await parts.cache.put([entry('a', 1, { right: true })])
      assert.deepEqual(await parts.cache.get(['a']), [{ right: true }], text)
    }
  })

  it('replaces a value of another type, without taking Redis for broken', async () => {
    await using parts = await inRedis()
    await parts.raw.lPush('kith:cache:a', 'not a string')
    assert.deepEqual(await parts.cache.get(['a']), [undefined])
    await parts.cache.put([entry('a', 1, { right: true })])
    assert.deepEqual(await parts.cache.get(['a']), [{ right: true }])
  })

  it('is one for all processes', async () => {
    await using parts = await inRedis()
    await using other = await connectRedis(parts.url, keepLog().log)
    await redisCache(other).put([entry('a', 2, { from: 'the other' })])
    await parts.cache.put([entry('a', 1, { from: 'this one' })])
    assert.deepEqual(await parts.cache.get(['a']), [{ from: 'the other' }])
  })

  it('asks Redis once for what nobody changes, and hears when somebody does', async () => {
    await using parts = await inRedis()
    await using other = await connectRedis(parts.url, keepLog().log)
    await parts.cache.put([entry('a', 1, { name: 'Ada' })])
    const reads = async () => Number(/keyspace_hits:(\d+)/.exec(await parts.raw.info('stats'))?.[1])
    await parts.cache.get(['a'])
    const before = await reads()
    for (let time = 0; time < 20; time++) await parts.cache.get(['a'])
    assert.equal(await reads(), before)

    await redisCache(other).put([entry('a', 2, { name: 'Grace' })])
    await until('the push', async () => {
      const [value] = await parts.cache.get(['a'])
      return (value as { name: string }).name === 'Grace'
    })
  })

  it('stores nothing for ever', async () => {
    await using parts = await inRedis()
    await parts.cache.put([entry('a', 1, {}), entry('b', 1, {})])
    const keys = await parts.raw.keys('*')
    assert.equal(keys.length, 2)
    for (const key of keys) assert.ok((await parts.raw.ttl(key)) > 0, key)
  })
})

describe('no cache at all', () => {
  it('answers as one that has just forgotten everything', async () => {
    const cache = noCache()
    await cache.put([entry('a', 1, {})])
    assert.deepEqual(await cache.get(['a', 'b']), [undefined, undefined])
  })
})

function entry(key: string, version: number, value: object | null) {
  return { key, version, value }
}

async function inMemory(): Promise<Parts> {
  let time = 1
  return {
    cache: memoryCache(() => time),
    async pass(seconds) {
      time += seconds * 1000
    },
    [Symbol.asyncDispose]: async () => {},
  }
}

/** Time passes for the keys of a Redis by taking from what each has left. */
async function inRedis() {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await startRedis())
  const redis = stack.use(await connectRedis(url, keepLog().log))
  const raw = await createClient({ url }).connect()
  stack.defer(() => raw.destroy())
  const resources = stack.move()
  return {
    url,
    raw,
    cache: redisCache(redis),
    async pass(seconds: number) {
      for (const key of await raw.keys('*')) {
        await raw.pExpire(key, (await raw.pTTL(key)) - seconds * 1000)
      }
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
