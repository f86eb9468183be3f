import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, describe, it } from 'node:test'
import { signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)
const { hostname, port } = new URL(server.url)
const bearer = { authorization: `Bearer ${ada.tokens.access_token}` }
const authorization = `Authorization: ${bearer.authorization}`

/** Sends bytes as they are, and gives back all that came until the server hung up. */
function send(...parts: string[]): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk.toString()))
  socket.on('error', reject)
  socket.on('close', () => resolve(answer))
  for (const part of parts) socket.write(part)
  return promise
}

function request(line: string, headers: string[], body = ''): string {
  return [line, 'Host: localhost', 'Connection: close', ...headers, '', body].join('\r\n')
}

function expectRaw(answer: string, status: number, code: string) {
  assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `))
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  assert.match(head, /content-type: application\/problem\+json/i)
  assert.match(head, /connection: close/i)
  assert.match(head, /x-content-type-options: nosniff/i)
  assert.match(head, /content-security-policy: default-src 'none'/i)
  assert.equal(JSON.parse(body).code, code)
  assert.equal(JSON.parse(body).status, status)
}

const json = ['Content-Type: application/json', authorization]
const contact = '{"phone":"1"}'

describe('what is hardly HTTP', () => {
  for (const text of [
    'GARBAGE\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'BREW /api/contacts HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET /api contacts HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET / HTTP/1.1\r\nHost localhost\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n',
    '\x16\x03\x01\x02\0\x01\0',
  ]) {
    it(`is 400: ${JSON.stringify(text)}`, async () => {
      expectRaw(await send(text), 400, 'malformed_request')
    })
  }

  it('is 400 without a Host', async () => {
    const answer = await send('GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n')
    expectRaw(answer, 400, 'malformed_request')
  })

  it('is 400 when it can be read as two requests', async () => {
    const smuggled = 'GET /api/users/me HTTP/1.1\r\nHost: localhost\r\n\r\n'
    for (const headers of [
      [`Content-Length: ${contact.length}`, 'Transfer-Encoding: chunked'],
      ['Transfer-Encoding: chunked', `Content-Length: ${contact.length}`],
      [`Content-Length: ${contact.length}`, `Content-Length: ${contact.length + 1}`],
      [`Content-Length: ${contact.length}`, `Content-Length: ${contact.length}`],
      [`Content-Length: ${contact.length}, ${contact.length}`],
      ['Content-Length: -1'],
      ['Content-Length: 1e1'],
      ['Content-Length: +13'],
      ['Transfer-Encoding: xchunked'],
      ['Transfer-Encoding: chunked, identity'],
      ['Transfer-Encoding : chunked'],
      [' Content-Length: 13'],
    ]) {
      const start = request('POST /api/contacts HTTP/1.1', [...json, ...headers], contact)
      const answer = await send(start + smuggled)
      expectRaw(answer, 400, 'malformed_request')
      assert.equal(answer.split('HTTP/1.1 ').length, 2, 'one answer')
    }
    assert.deepEqual((await ada.get('/api/contacts')).json(), [])
  })

  it('is 431 when its headers are larger than 16 KiB', async () => {
    const header = `X-Long: ${'a'.repeat(20_000)}`
    expectRaw(await send(request('GET / HTTP/1.1', [header])), 431, 'headers_too_large')
    const line = `GET /?${'a'.repeat(20_000)} HTTP/1.1`
    expectRaw(await send(request(line, [])), 431, 'headers_too_large')
  })

  it('does not keep the server from its work', async () => {
    await Promise.all(Array.from({ length: 50 }, () => send('GARBAGE\r\n\r\n')))
    assert.equal((await fetch(`${server.url}/livez`)).status, 200)
  })
})

describe('a real connection', () => {
  it('brings a body in chunks, and stops one that grows too large', async () => {
    const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
    const head = request('POST /api/contacts HTTP/1.1', [...json, 'Transfer-Encoding: chunked'])
    const made = await send(head, chunk('{"phone"'), chunk(':"1"}'), chunk(''))
    assert.match(made, /^HTTP\/1.1 201 /)
    const large = await send(head, ...Array.from({ length: 20 }, () => chunk('a'.repeat(2 ** 16))))
    assert.match(large, /^HTTP\/1.1 413 /)
  })

  it('gets the answer that a body is too large, also while it still sends', async () => {
    const headers = { 'content-type': 'application/json', ...bearer }
    for (const size of [1, 2, 5, 5, 5].map((megabytes) => megabytes * 2 ** 20 + 1)) {
      const body = Buffer.alloc(size, 'a')
      const answer = await fetch(`${server.url}/api/contacts`, { method: 'POST', headers, body })
      assert.equal(answer.status, 413)
      assert.equal(((await answer.json()) as { code: string }).code, 'too_large')
    }
  })

  it('takes an address in its request line for a path', async () => {
    const line = 'GET http://evil.example/api/contacts?limit=1 HTTP/1.1'
    await ada.post('/api/contacts', { phone: '2' })
    const answer = await send(request(line, [authorization]))
    assert.match(answer, /^HTTP\/1.1 200 /)
    assert.match(answer, /\nlink: <\/api\/contacts\?/i)
    assert.doesNotMatch(answer, /evil/)
  })

  it('reads a broken address as a broken request', async () => {
    for (const address of ['http://[/api/contacts?limit=1', 'http:///api/contacts?limit=1']) {
      const answer = await send(request(`GET ${address} HTTP/1.1`, [authorization]))
      assert.match(answer, /^HTTP\/1.1 (200|400|404) /)
    }
  })

  it('is answered 408 when its request does not come to an end, unless it is an upload that goes on', async () => {
    const slow = [
      'GET /livez HTTP/1.1\r\nHost: localhost\r\n',
      request('POST /api/contacts HTTP/1.1', [...json, 'Content-Length: 100'], '{'),
    ]
    const form =
      '--B\r\nContent-Disposition: form-data; name="file"\r\n\r\nFirst Name,Last Name\r\n'
    const upload = openUpload('Ada,Lovelace\r\n', form, '\r\n--B--\r\n')
    const answers = await Promise.all(slow.map((text) => send(text)))
    for (const answer of answers) expectRaw(answer, 408, 'too_slow')
    assert.match(await upload.finish(), /^HTTP\/1.1 202 /)
  })
})

/** A file that comes in small pieces for as long as nobody finishes it. */
function openUpload(piece: string, start: string, end: string) {
  const headers = [
    'Content-Type: multipart/form-data; boundary=B',
    authorization,
    'Transfer-Encoding: chunked',
  ]
  const socket = connect(Number(port), hostname)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk.toString()))
  socket.on('error', reject)
  socket.on('close', () => resolve(answer))
  const write = (text: string) => socket.write(`${text.length.toString(16)}\r\n${text}\r\n`)
  socket.write(request('POST /api/imports HTTP/1.1', headers))
  write(start)
  const timer = setInterval(() => write(piece), 1_000)
  return {
    finish() {
      clearInterval(timer)
      write(end)
      socket.write('0\r\n\r\n')
      return promise
    },
  }
}
