import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keepLog } from '../../test/log.ts'
import { runRedis, startRedis, withoutRedis } from '../../test/redis.ts'
import { until } from '../../test/until.ts'
import { connectRedis, type Redis } from './redis.ts'

const ping = (redis: Redis) => redis.run((client) => client.ping())

describe('a Redis that may be away', { skip: withoutRedis() }, () => {
  it('is used once it is there, although the server started without it', async () => {
    await using server = await startRedis()
    await server.stop()
    await using redis = await connectRedis(server.url, keepLog().log)
    assert.equal(await ping(redis), undefined)
    await server.start()
    await until('an answer', () => ping(redis))
  })

  it('does not keep the server from starting when it hangs', async () => {
    await using server = await startRedis()
    server.pause()
    await using redis = await connectRedis(server.url, keepLog().log)
    assert.equal(await ping(redis), undefined)
    server.resume()
    await until('an answer', () => ping(redis))
  })

  it('costs one time-out for everybody when it hangs, and nothing after it', async () => {
    await using server = await startRedis()
    await using redis = await connectRedis(server.url, keepLog().log)
    server.pause()
    let asked = 0
    const ask = () =>
      redis.run((client) => {
        asked++
        return client.ping()
      })
    const first = await Promise.all(Array.from({ length: 100 }, ask))
    for (let i = 0; i < 100; i++) assert.equal(await ask(), undefined)
    assert.equal(asked, 100)
    assert.deepEqual(new Set(first), new Set([undefined]))
    server.resume()
    await until('an answer', () => ping(redis))
  })

  it('comes back by itself after a restart, and the log mentions both once', async () => {
    await using server = await startRedis()
    const { log, lines } = keepLog()
    await using redis = await connectRedis(server.url, log)
    let returns = 0
    redis.onBack(() => returns++)
    await server.stop()
    await until('the outage', async () => (await ping(redis)) === undefined)
    assert.equal(redis.isTrusted(), false)
    await server.start()
    await until('an answer', () => ping(redis))
    const messages = lines.map((line) => JSON.parse(line).msg)
    assert.deepEqual(messages, ['Redis is away: going on without it', 'Redis is back'])
    assert.equal(returns, 1)
  })

  it('is disconnected and retried while it refuses to write, as a read-only replica does', async () => {
    await using server = await startRedis()
    await using redis = await connectRedis(server.url, keepLog().log)
    const set = "return redis.call('set', KEYS[1], '1')"
    const write = () => redis.run((client) => client.eval(set, { keys: ['a'], arguments: [] }))
    await runRedis(server.url, ['REPLICAOF', '127.0.0.1', '1'])
    assert.equal(await write(), undefined)
    assert.equal(redis.isTrusted(), false)
    await runRedis(server.url, ['REPLICAOF', 'NO', 'ONE'])
    await until('a write', write)
  })

  it('is not away only because this process was busy', async () => {
    await using server = await startRedis()
    await using redis = await connectRedis(server.url, keepLog().log)
    const answer = ping(redis)
    const busyUntil = performance.now() + 800
    while (performance.now() < busyUntil);
    assert.equal(await answer, 'PONG')
    assert.equal(redis.isTrusted(), true)
  })

  it('answers nothing more once it is closed', async () => {
    await using server = await startRedis()
    const { log, lines } = keepLog()
    const redis = await connectRedis(server.url, log)
    const asked = ping(redis)
    await redis[Symbol.asyncDispose]()
    assert.equal(await asked, undefined)
    assert.equal(await ping(redis), undefined)
    assert.deepEqual(lines, [])
  })
})
