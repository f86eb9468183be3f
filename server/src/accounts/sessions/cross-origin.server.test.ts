import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { expectStatus, nextAddress, signUp, type Answer } from '../../../test/people.ts'
import { expectProblem } from '../../../test/problems.ts'
import { startServer } from '../../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const friend = 'http://localhost:3000'
const strangers = [
  'http://localhost:3001',
  'https://localhost:3000',
  'http://localhost',
  'null',
  'http://localhost:3000.evil.example',
  'http://evil.example/http://localhost:3000',
  'http://LOCALHOST:3000/',
  'http://LOCALHOST:3000',
  'http://localhost:3000/',
  'http://127.0.0.1:3000',
  '',
  '*',
]

function corsHeaders({ headers }: Answer) {
  return Object.keys(headers).filter((name) => name.startsWith('access-control-'))
}

function varies({ headers }: Answer) {
  return String(headers.vary)
    .split(',')
    .map((name) => name.trim().toLowerCase())
}

describe('another origin', () => {
  it('gets its own name back when it is allowed, on errors too', async () => {
    const ada = await signUp(server)
    const answers = [
      await ada.get('/api/users/me', { origin: friend }),
      await server.inject({ method: 'GET', url: '/api/users/me', headers: { origin: friend } }),
      await server.inject({ method: 'GET', url: '/nowhere', headers: { origin: friend } }),
      await ada.patch('/api/users/me', {}, { origin: friend }),
      await ada.put('/api/users/me', {}, { origin: friend }),
    ]

    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 401, 404, 422, 405],
    )
    for (const answer of answers) {
      assert.equal(answer.headers['access-control-allow-origin'], friend)
      assert.equal(answer.headers['access-control-allow-credentials'], 'true')
      assert.ok(varies(answer).includes('origin'))
      const exposed = String(answer.headers['access-control-expose-headers']).toLowerCase()
      for (const name of ['etag', 'link', 'x-total-count', 'retry-after', 'ratelimit']) {
        assert.ok(exposed.includes(name), name)
      }
    }
  })

  it('gets no CORS header at all when it is not', async () => {
    const ada = await signUp(server)
    for (const origin of strangers) {
      const answer = await ada.get('/api/users/me', { origin })
      expectStatus(answer, 200)
      assert.deepEqual(corsHeaders(answer), [], origin)
      assert.ok(varies(answer).includes('origin'), origin)
    }
    assert.deepEqual(corsHeaders(await ada.get('/api/users/me')), [])
  })

  it('may ask for every method and header of ours when it is allowed', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await preflight(friend, method)
      assert.ok([200, 204].includes(answer.statusCode))
      assert.equal(answer.headers['access-control-allow-origin'], friend)
      const methods = String(answer.headers['access-control-allow-methods'])
      assert.ok(methods.includes(method), methods)
      const headers = String(answer.headers['access-control-allow-headers']).toLowerCase()
      for (const name of ['authorization', 'content-type', 'if-match']) {
        assert.ok(headers.includes(name), name)
      }
    }
  })

  it('is allowed nothing when it is not', async () => {
    for (const origin of strangers) {
      assert.deepEqual(corsHeaders(await preflight(origin, 'DELETE')), [], origin)
    }
  })

  it('never starts a session that a cookie would carry', async () => {
    const { email, password, tokens } = await signUp(server)
    for (const origin of [...strangers, friend]) {
      const answer = await server.inject({
        method: 'POST',
        url: '/api/auth/login',
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ username: email, password }).toString(),
        remoteAddress: nextAddress(),
      })
      expectStatus(answer, 200)
      assert.equal(answer.headers['set-cookie'], undefined)
    }
    const cookie = `refresh_token=${tokens.refresh_token}; access_token=${tokens.access_token}`
    const headers = { cookie, origin: friend, 'sec-fetch-site': 'cross-site' }
    const url = '/api/auth/refresh_token'
    expectProblem(await server.inject({ method: 'POST', url, headers }), 401, 'invalid_token')
  })

  it('sends no JSON as plain text, which a form may send without asking', async () => {
    const { email, password } = await signUp(server)
    for (const type of [
      'text/plain',
      'text/plain;charset=UTF-8',
      'multipart/form-data; boundary=x',
    ]) {
      for (const url of ['/api/auth/login', '/api/auth/signup', '/api/auth/forgot_password']) {
        const answer = await server.inject({
          method: 'POST',
          url,
          headers: { 'content-type': type, origin: 'https://evil.example' },
          payload: JSON.stringify({ email, password }),
        })
        expectProblem(answer, 415, 'unsupported_media_type')
      }
    }
  })
})

function preflight(origin: string, method: string) {
  return server.inject({
    method: 'OPTIONS',
    url: '/api/contacts/01a20497-405b-7167-a9e2-939dbd06ad08',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type,if-match',
    },
  })
}
