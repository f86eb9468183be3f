import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, describe, it } from 'node:test'
import { expectStatus, signUp } from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

/** Sends bytes as they are. @returns everything that comes back */
async function send(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write(bytes)
  return text(socket)
}

const head = 'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n'
const form = 'Content-Type: application/x-www-form-urlencoded\r\n'

describe('a request that could be read in two ways', () => {
  it('is refused when it names its length twice', async () => {
    const smuggled = 'GET /api/users/me HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const wrong = [
      `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      `Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${smuggled}`,
      `Content-Length: 4\r\nContent-Length: 60\r\n\r\na=b&${smuggled}`,
      `Content-Length: 4\r\nContent-Length: 4\r\n\r\na=b&`,
      `Content-Length: 4, 4\r\n\r\na=b&`,
      `Content-Length: +4\r\n\r\na=b&`,
      `Content-Length: -1\r\n\r\n`,
      `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
      `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    ]
    for (const rest of wrong) {
      const answers = await send(head + form + rest)
      assert.match(answers, /^HTTP\/1\.1 400 /, rest)
      assert.equal(answers.match(/HTTP\/1\.1 /g)?.length, 1, rest)
      assert.match(answers, /application\/problem\+json/)
    }
  })

  it('is refused when its headers are too large', async () => {
    const answer = await send(`${head}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`)

    assert.match(answer, /^HTTP\/1\.1 431 /)
    assert.match(answer, /"code":"headers_too_large"/)
  })

  it('is refused when a header holds a line break or a NUL', async () => {
    for (const value of ['a\nX-Evil: b', 'a\rb', 'a\0b']) {
      const answer = await send(`${head}X-Name: ${value}\r\nContent-Length: 0\r\n\r\n`)
      assert.match(answer, /^HTTP\/1\.1 4\d\d /)
    }
  })

  it('counts as the first of two Authorization headers, or none', async () => {
    const { tokens } = await signUp(server)
    const answer = await send(
      'GET /api/users/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n' +
        `Authorization: Bearer x\r\nAuthorization: Bearer ${tokens.access_token}\r\n\r\n`,
    )

    assert.match(answer, /^HTTP\/1\.1 401 /)
  })
})

describe('headers that claim to be another request', () => {
  it('are ignored', async () => {
    const ada = await signUp(server)
    const headers = {
      'x-http-method-override': 'DELETE',
      'x-http-method': 'DELETE',
      'x-method-override': 'DELETE',
      'x-original-url': '/api/auth/logout',
      'x-rewrite-url': '/api/auth/logout',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-prefix': '//evil.example',
      host: 'evil.example',
    }
    const password = { password: ada.password }
    for (const path of ['/api/users/me', '/api/users/me?_method=DELETE']) {
      const answer = await ada.inject({ method: 'GET', url: path, headers })
      expectStatus(answer, 200)
      assert.equal(answer.json().email, ada.email)
      assert.doesNotMatch(JSON.stringify(answer.headers) + answer.body, /evil/)
    }
    expectProblem(await ada.post('/api/users/me', password, headers), 405, 'method_not_allowed')
    expectStatus(await ada.get('/api/users/me'), 200)
  })

  it('redirect nobody to another host, nor do parameters', async () => {
    const ada = await signUp(server)
    for (const target of [
      '//evil.example',
      'https:evil.example',
      '\\\\evil',
      'javascript:alert(1)',
    ]) {
      const query = new URLSearchParams({ redirect: target, next: target, callbackURL: target })
      for (const path of ['/', '/reset-password', '/api/users/me', '/api/auth/confirmed_email/x']) {
        const answer = await ada.inject({
          method: 'GET',
          url: `${path}?${query.toString()}`,
          headers: { accept: 'text/html', host: 'evil.example' },
        })
        assert.equal(answer.headers.location, undefined)
        assert.doesNotMatch(answer.body, /evil|javascript:/)
      }
    }
  })

  it('lead to no other host by a path of two slashes', async () => {
    const paths = ['//evil.example', '//evil.example/%2f..', '/\\evil.example', '/%5cevil.example/']
    for (const path of paths) {
      const answer = await send(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      assert.match(answer, /^HTTP\/1\.1 40[04] /, path)
      assert.doesNotMatch(answer, /^location:/im)
    }
  })
})
