import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { keepLog } from '../../test/log.ts'
import { redisTime, runRedis, startRedis, withoutRedis } from '../../test/redis.ts'
import { until } from '../../test/until.ts'
import { connectRedis } from '../cache/redis.ts'
import { memoryCounter, type Counter, type Take } from './counter.ts'
import { redisCounter } from './redis-counter.ts'

type Parts = AsyncDisposable & {
  counter: Counter
  /** The counter's own clock, in ms. */
  now(): Promise<number>
}

describe('the counter in memory', () => suite(inMemory))
describe('the counter in Redis', { skip: withoutRedis() }, () => suite(inRedis))

function suite(open: () => Promise<Parts>) {
  it('allows exactly as many as it should, also when all come at once', async () => {
    await using parts = await open()
    const takes = await Promise.all(
      Array.from({ length: 50 }, () => parts.counter.take('ada', 10, 60)),
    )
    const allowed = takes.filter((take) => take.allowed)
    assert.deepEqual(
      allowed.map((take) => take.remaining),
      [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    )
    assert.ok(allowed.every((take) => take.retryAfterSeconds === 0))
    for (const { remaining, retryAfterSeconds } of takes.slice(10)) {
      assert.equal(remaining, 0)
      assert.ok(retryAfterSeconds >= 30 && retryAfterSeconds <= 60, `${retryAfterSeconds}`)
    }
  })

  it('counts each key for itself', async () => {
    await using parts = await open()
    assert.equal((await parts.counter.take('ada', 1, 60)).allowed, true)
    assert.equal((await parts.counter.take('grace', 1, 60)).allowed, true)
    assert.equal((await parts.counter.take('ada', 1, 60)).allowed, false)
  })

  it('has a place again after the wait it named, however often it was asked before', async () => {
    await using parts = await open()
    let startedAt: number
    let take: Take
    // More than once only where a second passes in between, on a busy machine.
    do {
      startedAt = await parts.now()
      await parts.counter.take('ada', 1, 1)
      take = await parts.counter.take('ada', 1, 1)
    } while (take.allowed)
    assert.equal(take.retryAfterSeconds, 1)
    await until('a place', async () => (await parts.counter.take('ada', 1, 1)).allowed)
    assert.ok((await parts.now()) >= startedAt + 1_000)
  })

  it('never allows more in any window of its own clock', async () => {
    await using parts = await open()
    const [max, windowMs] = [5, 100]
    const allowed: { from: number; to: number }[] = []
    await until('four windows', async () => {
      const from = await parts.now()
      const take = await parts.counter.take('ada', max, windowMs / 1000)
      if (take.allowed) allowed.push({ from, to: await parts.now() })
      return allowed.length === 4 * max
    })
    for (const [i, { from }] of allowed.entries()) {
      const next = allowed[i + max]
      assert.ok(!next || next.to >= from + windowMs)
    }
  })
}

describe('the law of the counter', () => {
  const requests = fc.array(
    fc.record({
      key: fc.constantFrom('ada', 'grace'),
      afterMs: fc.oneof(fc.nat(3), fc.constantFrom(500, 1_000, 2_000), fc.nat(9_000)),
    }),
    { maxLength: 60 },
  )

  it('holds for any keys at any times', async () => {
    const law = fc.asyncProperty(
      requests,
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      async (requests, max, windowSeconds) => {
        let time = 1
        using counter = memoryCounter(() => time)
        const allowed: { key: string; time: number }[] = []
        for (const { key, afterMs } of requests) {
          time += afterMs
          const take = await counter.take(key, max, windowSeconds)
          assert.deepEqual(take, expected(key))
          if (take.allowed) allowed.push({ key, time })
        }

        /** By definition: the requests allowed within the window that ends now. */
        function expected(key: string): Take {
          const inWindow = allowed.filter(
            (one) => one.key === key && one.time > time - windowSeconds * 1000,
          )
          if (inWindow.length < max) {
            return { allowed: true, remaining: max - inWindow.length - 1, retryAfterSeconds: 0 }
          }
          const waitMs = (inWindow[0]?.time ?? NaN) + windowSeconds * 1000 - time
          return { allowed: false, remaining: 0, retryAfterSeconds: Math.ceil(waitMs / 1000) }
        }
      },
    )
    await fc.assert(law, { numRuns: 100 })
  })
})

describe('the counter in Redis, beyond one process', { skip: withoutRedis() }, () => {
  it('is shared', async () => {
    await using parts = await inRedis()
    await using other = await inRedis(parts.url)
    const takes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? parts : other).counter.take('ada', 10, 60)),
    )
    assert.equal(takes.filter((take) => take.allowed).length, 10)
  })

  it('forgets who has not come for a window', async () => {
    await using parts = await inRedis()
    await parts.counter.take('ada', 10, 60)
    const ttlMs = Number(await parts.ask('PTTL', 'kith:limit:ada'))
    assert.ok(ttlMs > 0 && ttlMs <= 60_000)
  })

  it('counts from nothing where something else is stored', async () => {
    await using parts = await inRedis()
    await parts.ask('SET', 'kith:limit:ada', 'nonsense')
    assert.equal((await parts.counter.take('ada', 1, 60)).allowed, true)
    assert.equal((await parts.counter.take('ada', 1, 60)).allowed, false)
    assert.equal(parts.redis.isTrusted(), true)
  })

  it('goes on in memory while Redis is away, and in Redis when it is back', async () => {
    await using parts = await inRedis()
    await parts.counter.take('ada', 2, 60)
    parts.server?.pause()
    const takes = []
    for (let i = 0; i < 4; i++) takes.push(await parts.counter.take('ada', 2, 60))
    assert.deepEqual(
      takes.map((take) => take.allowed),
      [true, true, false, false],
    )
    parts.server?.resume()
    await until('Redis to be back', () => parts.redis.run((client) => client.ping()))
    assert.equal((await parts.counter.take('ada', 2, 60)).remaining, 0)
  })
})

async function inMemory(): Promise<Parts> {
  const counter = memoryCounter()
  return {
    counter,
    now: async () => performance.now(),
    [Symbol.asyncDispose]: async () => counter[Symbol.dispose](),
  }
}

/** @param url of a Redis to share; else one is started */
async function inRedis(url?: string) {
  await using stack = new AsyncDisposableStack()
  const server = url === undefined ? stack.use(await startRedis()) : null
  const address = url ?? server?.url ?? ''
  const redis = stack.use(await connectRedis(address, keepLog().log))
  const counter = redisCounter(redis, stack.use(memoryCounter()))
  const resources = stack.move()
  return {
    url: address,
    ask: (...command: string[]) => runRedis(address, command),
    server,
    redis,
    counter,
    now: () => redisTime(redis),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
