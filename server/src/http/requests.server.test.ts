import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { signUp, type Answer, type Call } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { expectLinear } from '../../test/time-ratio.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)
const json = { 'content-type': 'application/json' }

function createContact(payload: Call['payload'], headers: Record<string, string> = json) {
  return ada.post('/api/contacts', payload, headers)
}

describe('a body', () => {
  it('that is no JSON is 400', async () => {
    for (const text of ['{', '{"first_name":', "{'a':1}", 'first_name=Ada', '\0', '[1,]']) {
      expectProblem(await createContact(text), 400, 'malformed_json')
    }
    const latin1 = Buffer.from('{"first_name":"Jörg"}', 'latin1')
    expectProblem(await createContact(latin1), 400, 'malformed_json')
  })

  it('that is absent, or no object, is 422', async () => {
    for (const text of ['', 'null', '[]', '"Ada"', '7', 'true']) {
      expectRefused(await createContact(text), '')
    }
    expectRefused(await ada.post('/api/contacts'), '')
  })

  it('above 1 MiB is 413, however it is sent', async () => {
    const payload = JSON.stringify({ additional_data: 'a'.repeat(1.1 * 2 ** 20) })
    expectProblem(await createContact(payload), 413, 'too_large')
    expectRefused(await createContact(payload.slice(0, 2 ** 20 - 3) + '"}'), '/additional_data')
  })

  it('nested without end is 400', async () => {
    for (const payload of ['['.repeat(100_000), '{"a":'.repeat(100_000)]) {
      expectProblem(await createContact(payload), 400, 'too_deep')
    }
    const deep = '['.repeat(30) + ']'.repeat(30)
    expectRefused(await createContact(`{"first_name":${deep}}`), '/first_name')
  })

  it('with ten thousand keys is 422, with a hundred not all are listed', async () => {
    const keys = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, number) => [`key ${number}`, number]))
    expectRefused(await createContact(keys(10_000)), '')
    const url = '/api/auth/signup'
    // Without the last bracket it is no JSON: members are counted before anything is parsed.
    const payload = JSON.stringify(keys(40_000)).slice(0, -1)
    expectRefused(await server.inject({ method: 'POST', url, payload, headers: json }), '')
    const answer = await createContact(keys(100))
    expectProblem(answer, 422, 'validation_failed')
    assert.equal(answer.json().errors.length, 20)
  })

  it('that reaches for prototypes is 400, and reaches nothing', async () => {
    for (const payload of [
      '{"__proto__":{"first_name":"Eve"}}',
      '{"first_name":"Eve","__proto__":null}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '{"first_name":{"__proto__":{"polluted":true}}}',
    ]) {
      expectProblem(await createContact(payload), 400, 'malformed_json')
    }
    const form = '__proto__[polluted]=1&__proto__=2&constructor=3&username=a&password=b'
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const url = '/api/auth/login'
    const answer = await server.inject({ method: 'POST', url, payload: form, headers })
    expectProblem(answer, 401, 'invalid_login')
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
  })

  it('that is compressed is 415, unread', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 2 ** 20))
    for (const coding of ['gzip', 'GZIP', 'br', 'deflate', 'identity, gzip', 'zstd']) {
      const answer = await createContact(bomb, { ...json, 'content-encoding': coding })
      expectProblem(answer, 415, 'compressed_body')
      assert.equal(answer.headers['accept-encoding'], 'identity')
    }
    const plain = { ...json, 'content-encoding': 'identity' }
    assert.equal((await createContact('{"phone":"1"}', plain)).statusCode, 201)
  })

  it('of another kind is 415', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/jsonx', 'nonsense', '/']) {
      const answer = await createContact('{}', { 'content-type': type })
      const detail = 'This call takes application/json.'
      expectProblem(answer, 415, 'unsupported_media_type', detail)
    }
  })

  it('may name its character set', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=UTF-8' }
    assert.equal((await createContact('{"first_name":"Jörg"}', headers)).statusCode, 201)
    for (const charset of ['iso-8859-1', '"UTF-16"', 'us-ascii']) {
      const others = { 'content-type': `application/json; charset=${charset}` }
      expectProblem(await createContact('{}', others), 415, 'unsupported_media_type')
    }
  })

  for (const part of ['a@a.', 'a.', '+1-1-', '1-', ' \t', '((', '\\', '"', '%', 'я', '--01-']) {
    it(`takes no more than linear time to refuse, made of ${JSON.stringify(part)}`, async () => {
      for (const field of ['first_name', 'email', 'phone', 'birthday']) {
        const payloadOf = (size: number) => ({ [field]: `${part.repeat(size / part.length)}!` })
        const refuse = async (payload: object) =>
          expectRefused(await createContact(payload), `/${field}`)
        await expectLinear(field, payloadOf, refuse, 50_000)
      }
    })
  }
})

describe('what a request says of itself', () => {
  it('does not change its method or path', async () => {
    const { headers } = await createContact({ first_name: 'Grace' })
    const url = String(headers.location)
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
      assert.equal((await ada.post(url, {}, { [name]: 'DELETE' })).statusCode, 405)
      assert.equal((await ada.get(`${url}?_method=DELETE`, { [name]: 'DELETE' })).statusCode, 200)
    }
    for (const name of ['x-original-url', 'x-rewrite-url']) {
      const answer = await server.inject({ method: 'GET', url: '/livez', headers: { [name]: url } })
      assert.equal(answer.json().status, 'ok')
    }
    assert.equal((await ada.get(url)).statusCode, 200)
  })

  it('comes back in no answer', async () => {
    const marker = 'x7marker'
    const headers = { 'user-agent': marker, referer: `https://${marker}.example`, host: marker }
    const answers = [
      await ada.get(`/${marker}`, headers),
      await ada.get('/api/contacts?limit=1', headers),
      await ada.inject({ method: 'PUT', url: '/api/contacts', headers }),
      await ada.get('/', headers),
      await ada.get('/reset-password', headers),
    ]
    for (const answer of answers) assert.ok(!seenIn(answer).includes(marker))
  })
})

describe('every answer', () => {
  it('tells browsers to take it for nothing but what it is', async () => {
    const answers = [
      await ada.get('/api/users/me'),
      await ada.get('/api/contacts?limit=0'),
      await ada.get('/nothing'),
      await ada.get('/docs'),
      await ada.get('/'),
      await ada.inject({ method: 'PUT', url: '/' }),
    ]
    for (const { headers } of answers) {
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['x-frame-options'], 'DENY')
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.match(String(headers['content-security-policy']), /default-src 'none'/)
      assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/)
      assert.doesNotMatch(String(headers['content-security-policy']), /script-src (?!'self';)/)
      assert.equal(headers['strict-transport-security'], undefined)
      assert.equal(headers['server'], undefined)
      assert.equal(headers['x-powered-by'], undefined)
    }
  })

  it('to a HEAD is that to a GET, without the body', async () => {
    for (const url of ['/api/contacts', '/api/users/me', '/livez', '/', '/docs', '/openapi.json']) {
      const [get, head] = [await ada.get(url), await ada.inject({ method: 'HEAD', url })]
      assert.equal(head.statusCode, get.statusCode)
      assert.equal(head.body, '')
      assert.equal(head.headers['content-type'], get.headers['content-type'])
    }
  })

  it('is kept by nobody who shares a cache, when it is for one user alone', async () => {
    for (const url of ['/api/users/me', '/api/contacts', '/api/auth/sessions']) {
      assert.match(String((await ada.get(url)).headers['cache-control']), /private|no-store/)
    }
  })

  it('has strict transport security behind https', async () => {
    await using secure = await startServer({ PUBLIC_URL: 'https://kith.example.org' })
    const { headers } = await secure.inject('/livez')
    assert.match(String(headers['strict-transport-security']), /^max-age=\d{8}/)
  })
})

function seenIn({ headers, body }: Answer): string {
  return JSON.stringify(headers) + body
}
