import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { expectStatus, logIn, signUp, type Person } from './people.ts'
import { startPostgres } from './postgres.ts'
import { startRedis, withoutRedis, type TestRedis } from './redis.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import { until } from './until.ts'

const nowhere = 'redis://127.0.0.1:1'
const count = (server: ServerProcess, text: string) => server.output().split(text).length - 1

function seenAt(server: ServerProcess, { tokens }: Person) {
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  return server.inject({ method: 'GET', url: '/api/users/me', headers })
}

/** How many contacts somebody may add at a server, of twelve that are tried. */
async function allowedAt(server: ServerProcess, { tokens }: Person) {
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  const statuses = []
  for (let number = 0; number < 12; number++) {
    const payload = { first_name: 'Mary' }
    const { statusCode } = await server.inject({
      method: 'POST',
      url: '/api/contacts',
      headers,
      payload,
    })
    statuses.push(statusCode)
  }
  assert.ok(
    statuses.every((status) => status === 201 || status === 429),
    statuses.join(),
  )
  return statuses.filter((status) => status === 201).length
}

async function startPair(redis: { url: string }) {
  await using stack = new AsyncDisposableStack()
  const postgres = stack.use(await startPostgres())
  const settings = {
    DATABASE_URL: postgres.url('postgres'),
    REDIS_URL: redis.url,
    RATE_LIMITS: 'on',
  }
  const one = stack.use(await startServerProcess(settings))
  const two = stack.use(await startServerProcess(one.settings))
  const resources = stack.move()
  return { one, two, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

const skip = withoutRedis()

describe('Redis', { skip }, () => {
  it('may be missing from the start: limits hold, and sessions end, all the same', async () => {
    await using pair = await startPair({ url: nowhere })
    const ada = await signUp(pair.one)
    assert.equal(await allowedAt(pair.one, ada), 10)
    expectStatus(await seenAt(pair.two, ada), 200)
    expectStatus(await ada.post('/api/auth/logout'), 204)
    for (const server of [pair.one, pair.two]) {
      expectStatus(await seenAt(server, ada), 401)
      assert.equal(count(server, 'Redis is away'), 1)
    }
  })

  // Redis loses everything when it dies, and nothing when it hangs.
  const ways: [string, (redis: TestRedis) => Promise<void>, (redis: TestRedis) => Promise<void>][] =
    [
      ['die', (redis) => redis.stop(), (redis) => redis.start()],
      ['hang', async (redis) => redis.pause(), async (redis) => redis.resume()],
    ]
  for (const [how, leave, comeBack] of ways) {
    it(`may ${how} and come back: nobody is held up, or let in who was shut out`, async () => {
      await using redis = await startRedis()
      await using pair = await startPair(redis)
      const { one, two } = pair
      const ada = await signUp(one)
      const phone = await logIn(two, ada)
      for (const server of [one, two]) {
        for (const person of [ada, phone]) expectStatus(await seenAt(server, person), 200)
      }

      await leave(redis)
      // Each process notices the outage by a request of its own.
      for (const server of [one, two]) expectStatus(await seenAt(server, ada), 200)
      expectStatus(await ada.post('/api/auth/logout'), 204)
      for (const server of [one, two]) expectStatus(await seenAt(server, ada), 401)
      assert.equal(await allowedAt(one, phone), 10)
      assert.equal(await allowedAt(two, phone), 10)

      await comeBack(redis)
      await until('Redis to be back for both', async () => {
        for (const server of [one, two]) expectStatus(await seenAt(server, ada), 401)
        return [one, two].every((server) => count(server, 'Redis is back') === 1)
      })
      for (const server of [one, two]) {
        expectStatus(await seenAt(server, ada), 401)
        expectStatus(await seenAt(server, phone), 200)
        assert.equal(count(server, 'Redis is away'), 1)
      }
      const laptop = await signUp(two)
      assert.equal((await allowedAt(one, laptop)) + (await allowedAt(two, laptop)), 10)
    })
  }
})
