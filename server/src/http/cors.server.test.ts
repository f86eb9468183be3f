import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { signUp, type Answer, type Call } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const allowed = 'http://localhost:3000'
const also = 'https://app.example.org'
const server = await startServer({
  CORS_ORIGINS: `${allowed}, ${also}`,
  RATE_LIMITS: 'on',
  RATE_LIMIT_CONTACTS_LIST: '1/1h',
})
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

const strangers = [
  'http://localhost:3001',
  'http://localhost',
  'https://localhost:3000',
  'http://127.0.0.1:3000',
  'http://localhost:3000.evil',
  'http://localhost:30000',
  'http://evil.localhost:3000',
  'http://LOCALHOST:3000',
  'http://localhost:3000/',
  'http://localhost:3000,https://app.example.org',
  'null',
  '*',
  '',
  'http://[::1',
]

const corsHeadersOf = ({ headers }: Answer) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'))

function preflight(origin: string, method: string, url = '/api/contacts') {
  return server.inject({
    method: 'OPTIONS',
    url,
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type,if-match',
    },
  })
}

/** Answers of every kind that the API gives. */
const calls: Record<number, Call> = {
  200: { method: 'GET', url: '/api/users/me' },
  201: { method: 'POST', url: '/api/contacts', payload: { phone: '1' } },
  304: { method: 'GET', url: '/api/contacts/{id}', headers: { 'if-none-match': '*' } },
  400: { method: 'GET', url: '/%zz' },
  401: { method: 'GET', url: '/api/users/me', headers: { authorization: '' } },
  404: { method: 'GET', url: '/nothing' },
  405: { method: 'PUT', url: '/api/contacts' },
  412: { method: 'DELETE', url: '/api/contacts/{id}', headers: { 'if-match': '"x"' } },
  413: { method: 'POST', url: '/api/contacts', payload: { phone: '1'.repeat(2 ** 20) } },
  415: { method: 'POST', url: '/api/contacts', headers: { 'content-encoding': 'gzip' } },
  422: { method: 'GET', url: '/api/contacts/x' },
  429: { method: 'GET', url: '/api/contacts' },
}
const { headers: made } = await ada.post('/api/contacts', { first_name: 'Grace' })
await ada.get('/api/contacts')

function callFrom(origin: string, call: Call) {
  const url = call.url.replace('/api/contacts/{id}', String(made.location))
  return ada.inject({ ...call, url, headers: { origin, ...call.headers } })
}

describe('a page on an allowed origin', () => {
  for (const [status, call] of Object.entries(calls)) {
    it(`may read a ${status}`, async () => {
      for (const origin of [allowed, also]) {
        const { statusCode, headers } = await callFrom(origin, call)
        assert.equal(statusCode, Number(status))
        assert.equal(headers['access-control-allow-origin'], origin)
        assert.equal(headers['access-control-allow-credentials'], 'true')
        assert.match(String(headers['vary']), /\bOrigin\b/)
      }
    })
  }

  it('may read the headers that carry something', async () => {
    const { headers } = await callFrom(allowed, { method: 'GET', url: '/api/users/me' })
    assert.deepEqual(String(headers['access-control-expose-headers']).split(', ').sort(), [
      'ETag',
      'Link',
      'Location',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'X-Index-State',
      'X-Total-Count',
    ])
  })

  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    it(`may ${method}, with a token`, async () => {
      const { statusCode, headers, body } = await preflight(allowed, method)
      assert.equal(statusCode, 204)
      assert.equal(body, '')
      assert.equal(headers['access-control-allow-origin'], allowed)
      const methods = String(headers['access-control-allow-methods']).split(', ')
      assert.ok(methods.includes(method))
      const names = String(headers['access-control-allow-headers']).split(', ')
      for (const name of ['authorization', 'content-type', 'if-match', 'idempotency-key']) {
        assert.ok(names.includes(name))
      }
      assert.match(String(headers['vary']), /\bOrigin\b/)
    })
  }
})

describe('a page anywhere else', () => {
  for (const origin of strangers) {
    it(`reads nothing: ${JSON.stringify(origin)}`, async () => {
      for (const call of Object.values(calls)) {
        const answer = await callFrom(origin, call)
        assert.deepEqual(corsHeadersOf(answer), [])
        assert.match(String(answer.headers['vary']), /\bOrigin\b/)
      }
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
        assert.deepEqual(corsHeadersOf(await preflight(origin, method)), [])
      }
    })
  }
})

describe('a program, which has no origin', () => {
  it('gets its answers without a word of CORS', async () => {
    const answer = await ada.get('/api/users/me')
    assert.equal(answer.statusCode, 200)
    assert.deepEqual(corsHeadersOf(answer), [])
    assert.match(String(answer.headers['vary']), /\bOrigin\b/)
  })
})
