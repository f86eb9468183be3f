import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { readOpenApi } from '../../test/openapi.ts'
import { signUp, type Call } from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)
const { document } = await readOpenApi(server)
const example = (path: string) =>
  path
    .replace('{id}', '01a20497-405b-7167-a9e2-939dbd06ad08')
    .replace('{token}', 'a'.repeat(43))
    .replace('{key}', '0'.repeat(32))

describe('a path', () => {
  it('that is unknown is 404, whatever the method', async () => {
    for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'] as const) {
      for (const url of [
        '/nothing',
        '/api',
        '/api/contacts/x/y',
        '//api/contacts',
        '/API/contacts',
      ]) {
        const answer = await ada.inject({ method, url })
        assert.equal(answer.statusCode, 404, `${method} ${url}`)
        if (method === 'GET') expectProblem(answer, 404, 'not_found')
      }
    }
  })

  for (const [path, operations] of Object.entries(document.paths)) {
    const known = Object.keys(operations).map((method) => method.toUpperCase())
    // Mail scanners ask by HEAD, so confirming and refreshing have none.
    const hasHead = known.includes('GET') && !/confirmed_email|refresh_token/.test(path)
    const allow = [...known, ...(hasHead ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ')

    it(`that is known answers 405 to other methods: ${path} allows ${allow}`, async () => {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE']) {
        if (allow.split(', ').includes(method)) continue
        for (const url of [example(path), `${example(path)}/`]) {
          const answer = await ada.inject({ method: method as Call['method'], url })
          assert.equal(answer.statusCode, 405, `${method} ${url} ${answer.body}`)
          assert.equal(answer.headers['allow'], allow)
          if (method !== 'HEAD') expectProblem(answer, 405, 'method_not_allowed')
        }
      }
      const options = await server.inject({ method: 'OPTIONS', url: example(path) })
      assert.equal(options.statusCode, 204)
      assert.equal(options.headers['allow'], allow)
    })

    it(`answers the same with a slash at its end: ${path}`, async () => {
      for (const method of known as Call['method'][]) {
        const [plain, slashed] = await Promise.all(
          ['', '/'].map((end) => server.inject({ method, url: example(path) + end })),
        )
        assert.equal(slashed?.statusCode, plain?.statusCode)
      }
    })
  }

  it('that is known answers 405 to methods that nothing here has', async () => {
    for (const method of ['PROPFIND', 'REPORT', 'MKCOL'] as string[] as Call['method'][]) {
      const answer = await ada.inject({ method, url: example('/api/contacts/{id}') })
      expectProblem(answer, 405, 'method_not_allowed')
      assert.equal(answer.headers['allow'], 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT')
      expectProblem(await ada.inject({ method, url: '/nothing' }), 404, 'not_found')
    }
  })

  it('that cannot be decoded is 400, and garbage in it is refused at any length', async () => {
    for (const url of ['/%', '/api/contacts/%zz', '/%c0%ae%c0%ae/', '/api/contacts/%ff']) {
      const answer = await ada.get(url)
      expectProblem(answer, 400, 'malformed_request')
      const { headers } = await ada.get(url.startsWith('/api/') ? '/api/nothing' : '/nothing')
      for (const [name, value] of Object.entries(headers)) {
        if (/^(?:x-|content-security|cross-origin|referrer|origin-agent)/.test(name)) {
          assert.equal(answer.headers[name], value, name)
        }
      }
      assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    }
    expectProblem(await ada.get(`/api/contacts/${'a'.repeat(10_000)}`), 422, 'validation_failed')
    for (const length of [1, 42, 44, 10_000]) {
      const answer = await ada.get(`/api/auth/confirmed_email/${'a'.repeat(length)}`)
      expectProblem(answer, 400, 'verification_error')
    }
  })

  it('leads nowhere outside', async () => {
    for (const url of ['/docs/static/../../package.json', '/media/avatars/..%2f..%2fsecret']) {
      assert.equal((await ada.get(url)).statusCode, 404, url)
    }
  })
})
