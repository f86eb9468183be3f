import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { expectStatus, newAccount, signUp } from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startProxy } from '../../test/proxy.ts'
import { startServer } from '../../test/server.ts'
import { until } from '../../test/until.ts'

const server = await startServer({ RATE_LIMITS: 'on', RATE_LIMIT_CONTACTS_CREATE: '1/1h' })
after(() => server[Symbol.asyncDispose]())

describe('the health calls', () => {
  it('answer everyone', async () => {
    const answer = await server.inject('/api/healthchecker')
    expectStatus(answer, 200)
    assert.deepEqual(answer.json(), { message: 'Welcome to Kith!' })
    for (const url of ['/livez', '/readyz', '/livez/', '/api/healthchecker/']) {
      expectStatus(await server.inject(url), 200)
    }
  })

  const skip = process.env['KITH_TEST_SERVERS'] ? false : 'this pass has no connection to cut off'
  it('say 503 while the database is away, but that we live', { skip }, async () => {
    await using proxy = await startProxy(server.settings['DATABASE_URL'] ?? '')
    await using other = await startServer({ ...server.settings, DATABASE_URL: proxy.url })
    await proxy.cut()
    for (const url of ['/api/healthchecker', '/readyz']) {
      const answer = await other.inject(url)
      expectProblem(answer, 503, 'database_away')
      assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/)
    }
    expectStatus(await other.inject('/livez'), 200)

    await proxy.restore()
    const isBack = async () => (await other.inject('/api/healthchecker')).statusCode === 200
    await until('the database to be back', isBack)
  })
})

describe('the readiness, at length', () => {
  it('tells an operator of every part', async () => {
    for (const url of ['/readyz?verbose', '/readyz?verbose=', '/readyz/?verbose=true']) {
      const answer = await server.inject(url)
      expectStatus(answer, 200)
      const { status, version, database, redis, mail_queue: mail, storage } = answer.json()
      assert.equal(status, 'ok')
      assert.match(version, /^\d+\.\d+\.\d+$/)
      assert.equal(database.status, 'ok')
      assert.equal(database.kind, server.settings['DATABASE_URL'] ? 'postgresql' : 'embedded')
      assert.match(database.version, /^\d+/)
      assert.equal(redis.status, server.redis ? 'ok' : 'not_used')
      assert.deepEqual(mail, { status: 'ok', transport: 'files', waiting: 0, delayed: 0 })
      assert.deepEqual([storage.status, storage.avatars], ['ok', 'disk'])
    }
  })

  it('says which part is away, and counts the mails that wait', async () => {
    await using other = await startServer({
      SMTP_URL: 'smtp://127.0.0.1:9',
      REDIS_URL: 'redis://127.0.0.1:9',
    })
    const payload = newAccount()
    await other.inject({ method: 'POST', url: '/api/auth/signup', payload })
    const report = async () => (await other.inject('/readyz?verbose')).json()
    await until('the mail to be tried', async () => (await report()).mail_queue.delayed === 1)
    const { status, redis, mail_queue: mail } = await report()
    assert.equal(status, 'degraded')
    assert.equal(redis.status, 'away')
    assert.deepEqual([mail.status, mail.transport, mail.waiting], ['delayed', 'smtp', 1])
  })

  it('tells strangers no more than whether the server is ready', async () => {
    const url = '/readyz?verbose'
    for (const call of [
      { url, remoteAddress: '192.0.2.1' },
      { url, headers: { 'x-forwarded-for': '127.0.0.1' } },
    ]) {
      assert.deepEqual((await server.inject(call)).json(), { status: 'ok' })
    }
  })

  it('is no from the moment on at which the server is told to stop', async () => {
    await using other = await startServer()
    other.services.lifecycle.isStopping = true
    for (const url of ['/readyz', '/readyz?verbose']) {
      expectProblem(await other.inject(url), 503, 'stopping')
    }
    for (const url of ['/livez', '/api/healthchecker']) expectStatus(await other.inject(url), 200)
  })
})

describe('the metrics', () => {
  it('tell an operator what goes on', async () => {
    const ada = await signUp(server)
    await ada.post('/api/contacts', { first_name: 'Grace' })
    await ada.post('/api/contacts', { first_name: 'Grace' })
    await ada.get('/api/contacts/01a20497-405b-7167-a9e2-939dbd06ad08?secret=needle')
    await ada.get('/nothing/needle')
    await server.jobsDone()
    const answer = await server.inject('/metrics')

    expectStatus(answer, 200)
    assert.match(String(answer.headers['content-type']), /^text\/plain; version=0.0.4/)
    for (const line of [
      /^kith_http_request_seconds_count\{method="POST",route="\/api\/contacts",status="201"\} 1$/m,
      /^kith_http_request_seconds_count\{method="GET",route="\/api\/contacts\/:id",status="404"\} 1$/m,
      /^kith_http_request_seconds_bucket\{le="0.25",method="POST",/m,
      /^kith_rate_limited_total\{limit="contacts-create"\} 1$/m,
      /^kith_mails_total\{kind="\w+",result="sent"\} [1-9]/m,
      /^kith_cache_reads_total\{result="(hit|miss)"\} [1-9]/m,
      /^kith_db_connections\{state="idle"\} \d/m,
      /^process_resident_memory_bytes [1-9]/m,
    ]) {
      assert.match(answer.body, line)
    }
    for (const secret of [ada.email, ada.tokens.access_token, 'needle', 'Grace', '01a20497']) {
      assert.ok(!answer.body.includes(secret), secret)
    }
  })

  it('are one series per route, whatever paths are asked for', async () => {
    const seriesNow = async () => (await server.inject('/metrics')).body.split('\n').length
    await server.inject('/nothing/0')
    await seriesNow()
    const before = await seriesNow()
    for (let number = 0; number < 50; number++) await server.inject(`/nothing/${number}`)
    assert.equal(await seriesNow(), before)
  })

  it('are for this machine alone', async () => {
    for (const remoteAddress of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) {
      expectStatus(await server.inject({ url: '/metrics', remoteAddress }), 200)
    }
    for (const remoteAddress of ['192.0.2.1', '10.0.0.1', '::2', '::ffff:10.0.0.1', 'fe80::1']) {
      expectProblem(await server.inject({ url: '/metrics', remoteAddress }), 404, 'not_found')
    }
  })

  it('are for nobody behind a proxy on this machine that we were not told of', async () => {
    for (const headers of [
      { 'x-forwarded-for': '192.0.2.1' },
      { 'x-forwarded-for': '127.0.0.1' },
      { forwarded: 'for=192.0.2.1' },
      { 'x-real-ip': '192.0.2.1' },
      { via: '1.1 proxy' },
    ]) {
      expectProblem(await server.inject({ url: '/metrics', headers }), 404, 'not_found')
    }
  })

  it('can be for others, also through a proxy that we trust', async () => {
    await using other = await startServer({
      METRICS_ALLOW: '10.1.0.0/16, 2001:db8::1',
      TRUST_PROXY: '127.0.0.1',
    })
    const statusFor = async (remoteAddress: string, forwardedFor?: string) => {
      const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }
      return (await other.inject({ url: '/metrics', remoteAddress, headers })).statusCode
    }
    assert.equal(await statusFor('10.1.2.3'), 200)
    assert.equal(await statusFor('2001:db8::1'), 200)
    assert.equal(await statusFor('2001:db8::2'), 404)
    assert.equal(await statusFor('127.0.0.1'), 404)
    assert.equal(await statusFor('127.0.0.1', '10.1.2.3'), 200)
    assert.equal(await statusFor('127.0.0.1', '10.1.2.3, 192.0.2.1'), 404)
    assert.equal(await statusFor('192.0.2.1', '10.1.2.3'), 404)
    assert.equal(await statusFor('127.0.0.1', 'unknown'), 404)
    assert.equal(await statusFor('127.0.0.1', ''), 404)
  })
})
