import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { after, describe, it } from 'node:test'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { createContact } from '../../test/contacts.ts'
import { imported } from '../../test/imports.ts'
import { expectStatus, signUp, type Answer } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { until } from '../../test/until.ts'
import { compressAnswers } from './compression.ts'
import { sendProblem } from './problem.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)
const cards = Array.from({ length: 300 }, (_, at) =>
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:u${at}`,
    `FN:Þóra ${at}`,
    `NOTE:${'x'.repeat(400)}`,
    'END:VCARD\r\n',
  ].join('\r\n'),
).join('')
const bearer = `Bearer ${ada.tokens.access_token}`
const done = await imported(ada, cards)

const decoders = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
}

/** What an answer holds, by the coding that it names. */
function decoded({ headers, rawPayload }: Answer): string {
  const coding = headers['content-encoding'] as keyof typeof decoders | undefined
  return (coding ? decoders[coding](rawPayload) : rawPayload).toString()
}

function ask(url: string, accepted: string): Promise<Answer> {
  return ada.get(url, { 'accept-encoding': accepted })
}

describe('an answer is compressed', () => {
  it('whatever the case of the coding, unless it is wanted as it is', async () => {
    const codingFor = async (accepted: string) =>
      (await ask('/openapi.json', accepted)).headers['content-encoding']
    assert.equal(await codingFor('GZIP'), 'gzip')
    assert.equal(await codingFor('gzip;q=0.5'), 'gzip')
    assert.equal(await codingFor('identity;q=0.5, gzip'), 'gzip')
    for (const accepted of [
      'identity, gzip;q=0.5',
      'identity;q=0.5, br;q=0.1',
      '*;q=0.1, identity;q=0.9',
      'gzip;q=0',
    ]) {
      assert.equal(await codingFor(accepted), undefined, accepted)
    }
  })

  for (const coding of Object.keys(decoders)) {
    it(`by ${coding}, and is the same otherwise`, async () => {
      for (const url of [
        '/api/contacts?limit=100',
        '/api/contacts?limit=100&view=full',
        '/api/export?format=vcf',
        '/api/export?format=csv',
        '/api/export?format=json',
        '/openapi.json',
        '/docs/static/swagger-ui-bundle.js',
        '/docs/json',
      ]) {
        const plain = await ada.get(url)
        const answer = await ask(url, coding)
        expectStatus(answer, 200)
        assert.equal(answer.headers['content-encoding'], coding, url)
        assert.ok(answer.rawPayload.length < plain.rawPayload.length * 0.6, url)
        assert.equal(decoded(answer), plain.body)
        for (const name of ['content-type', 'etag', 'x-total-count', 'link', 'cache-control']) {
          assert.equal(answer.headers[name], plain.headers[name], `${name} of ${url}`)
        }
        const length = answer.headers['content-length']
        assert.ok(length === undefined || Number(length) === answer.rawPayload.length)
      }
    })
  }

  it('as the client likes best', async () => {
    for (const [accepted, coding] of [
      ['gzip, deflate, br, zstd', 'zstd'],
      ['gzip, deflate, br', 'br'],
      ['gzip;q=1.0, br;q=0.5', 'gzip'],
      ['deflate, gzip', 'gzip'],
      ['zstd;q=0, *;q=0.1, gzip;q=0.2', 'gzip'],
      ['identity', undefined],
      ['gzip;q=0', undefined],
      ['deflate', undefined],
      ['nonsense;;q=,', undefined],
      ['', undefined],
    ] as const) {
      const { headers } = await ask('/api/contacts', accepted)
      assert.equal(headers['content-encoding'], coding, accepted)
    }
  })

  it('in the eyes of caches, whether or not it is', async () => {
    for (const accepted of ['gzip', 'identity']) {
      for (const url of ['/api/contacts', '/openapi.json', '/api/contacts?limit=0', '/docs']) {
        const { headers } = await ask(url, accepted)
        assert.match(String(headers['vary']), /^Origin, Accept-Encoding\b/)
      }
    }
  })

  it('under the tag that a write may depend on', async () => {
    const notes = 'n'.repeat(2_000)
    const { id } = await createContact(ada, { first_name: 'Grace', additional_data: notes })
    const read = await ask(`/api/contacts/${id}`, 'gzip')
    assert.equal(read.headers['content-encoding'], 'gzip')
    const etag = String(read.headers['etag'])
    const unchanged = { 'accept-encoding': 'gzip', 'if-none-match': etag }
    expectStatus(await ada.get(`/api/contacts/${id}`, unchanged), 304)
    const write = { 'if-match': etag.replace(/"$/, '-gzip"') }
    expectStatus(await ada.patch(`/api/contacts/${id}`, { last_name: 'Hopper' }, write), 200)
    expectStatus(await ada.patch(`/api/contacts/${id}`, { last_name: 'H' }, write), 412)
  })
})

describe('an answer is not compressed', () => {
  it('when it is small, or compressed as it is, or goes on for long', async () => {
    await createContact(ada, { first_name: 'Grace' })
    for (const url of [
      '/api/users/me',
      '/api/contacts?limit=1',
      '/api/users/me/export',
      `/api/imports/${done.id}/events`,
      '/docs/static/favicon-32x32.png',
    ]) {
      const answer = await ask(url, 'gzip, br, zstd')
      expectStatus(answer, 200)
      assert.equal(answer.headers['content-encoding'], undefined, url)
    }
  })

  it('when it has no body', async () => {
    for (const url of ['/api/contacts', '/api/export', '/openapi.json']) {
      const headers = { 'accept-encoding': 'gzip', authorization: bearer }
      const {
        statusCode,
        body,
        headers: answered,
      } = await server.inject({
        method: 'HEAD',
        url,
        headers,
      })
      assert.deepEqual([statusCode, body], [200, ''])
      assert.equal(answered['content-encoding'], undefined)
    }
  })

  it('when it holds tokens, however long they are', async () => {
    await using app = Fastify()
    compressAnswers(app)
    const text = 'token '.repeat(1_000)
    app.get('/login', { config: { sendsTokens: true } }, () => ({ text }))
    app.get('/other', () => ({ text }))
    const codingOf = async (url: string) =>
      (await app.inject({ url, headers: { 'accept-encoding': 'gzip' } })).headers[
        'content-encoding'
      ]
    assert.deepEqual([await codingOf('/login'), await codingOf('/other')], [undefined, 'gzip'])
  })
})

describe('a compressed stream', () => {
  const chunk = () => Buffer.from(Array.from({ length: 16_384 }, () => Math.random() * 256))

  /** A server with one stream that never ends, and what becomes of it. */
  async function endless() {
    const seen = { chunks: 0, isOver: false }
    async function* chunks() {
      try {
        for (;;) {
          seen.chunks++
          yield chunk()
        }
      } finally {
        seen.isOver = true
      }
    }
    const app = Fastify({ forceCloseConnections: true })
    compressAnswers(app)
    app.get('/endless', (_request, reply) => reply.type('text/csv').send(Readable.from(chunks())))
    app.get('/ping', () => 'pong')
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    return { app, url, seen }
  }

  function askRaw(url: string) {
    const { port } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('GET /endless HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n')
    return socket
  }

  it('is made as fast as somebody takes it', async () => {
    const { app, url, seen } = await endless()
    await using _app = app
    const socket = askRaw(url)
    await once(socket, 'readable')
    // It does not read on. What is made by now fills the buffers between both, and no more is made.
    let made = 0
    await until('the stream to stand still', async () => {
      made = seen.chunks
      for (let round = 0; round < 50; round++) await (await fetch(`${url}/ping`)).text()
      return seen.chunks === made
    })
    socket.resume()
    await until('the stream to go on', () => seen.chunks > made + 100)
    socket.destroy()
  })

  it('ends when nobody takes it any more', async () => {
    const { app, url, seen } = await endless()
    await using _app = app
    const socket = askRaw(url)
    await once(socket, 'data')
    socket.destroy()
    await until('the end of what is streamed', () => seen.isOver)
  })

  it('that fails before it began is an error like others', async () => {
    await using app: FastifyInstance = Fastify()
    app.setErrorHandler(sendProblem)
    compressAnswers(app)
    app.get('/broken', (_request, reply) => {
      const broken = async function* () {
        yield* await Promise.reject<string[]>(new Error('the database went away'))
      }
      return reply.type('text/csv').send(Readable.from(broken()))
    })
    const answer = await app.inject({ url: '/broken', headers: { 'accept-encoding': 'gzip' } })
    assert.equal(answer.headers['content-encoding'], undefined)
    assert.equal(answer.statusCode, 500)
    assert.equal(answer.json().code, 'internal_error')
  })
})

describe('what browsers keep', () => {
  it('is asked for again by its tag alone', async () => {
    for (const url of ['/openapi.json', '/docs/static/swagger-ui.css']) {
      const first = await ask(url, 'gzip')
      assert.match(String(first.headers['etag']), /^W\//)
      const again = await ada.get(url, {
        'accept-encoding': 'gzip',
        'if-none-match': String(first.headers['etag']),
      })
      expectStatus(again, 304)
      assert.equal(again.body, '')
    }
  })
})
