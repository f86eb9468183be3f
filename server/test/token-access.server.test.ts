import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { readOpenApi, type DescribedCall } from './openapi.ts'
import { expectStatus, signUp } from './people.ts'
import { expectProblem } from './problems.ts'
import { startServer } from './server.ts'

const server = await startServer({ RATE_LIMITS: 'off' })
after(() => server[Symbol.asyncDispose]())
const { calls } = await readOpenApi(server)
const ada = await signUp(server)
const contact = await ada.post('/api/contacts', { first_name: 'Ada' })
const { id } = contact.json()
const readOnly = await makeToken('read_only')
const readWrite = await makeToken('read_write')

/** What the tokens are for, by their paths; all else stays closed to them. */
const opened =
  /^\w+ \/api\/(?:contacts|labels|trash|changes|duplicates|merges|imports|export(?:\.\w+)?)(?:\/|$)|^GET \/api\/users\/me(?:\/export|\/avatar)?$/

const guarded = calls.filter(
  ({ path, operation }) => operation.security?.length !== 0 && !path.includes('/refresh'),
)
const [open, closed] = [guarded.filter(isOpen), guarded.filter((call) => !isOpen(call))]

async function makeToken(scope: string): Promise<string> {
  const answer = await ada.post('/api/users/me/tokens', { name: 'Script', scope })
  expectStatus(answer, 201)
  return answer.json().token
}

function isOpen({ operation }: DescribedCall): boolean {
  return (operation.security ?? []).some((scheme) => 'api_token' in scheme)
}

function call({ method, path }: Pick<DescribedCall, 'method' | 'path'>, token: string) {
  const url = path.replace('{id}', id).replace('{revision}', '1')
  return server.inject({ method, url, headers: { authorization: `Bearer ${token}` } })
}

describe('an API token', () => {
  it('opens the calls that the document says, and these are those that it is for', () => {
    const names = open.map(({ name }) => name)
    assert.deepEqual(
      names,
      guarded.map(({ name }) => name).filter((name) => opened.test(name)),
    )
    assert.ok(open.length > 30 && closed.length > 10)
  })

  for (const one of closed) {
    it(`does not open ${one.name}`, async () => {
      for (const token of [readOnly, readWrite]) {
        const answer = await call(one, token)
        expectProblem(answer, 403, 'token_not_allowed')
        assert.equal(answer.headers['www-authenticate'], 'Bearer error="insufficient_scope"')
      }
    })
  }

  for (const one of open.filter(({ method }) => method !== 'GET')) {
    it(`that may only read changes nothing by ${one.name}`, async () => {
      expectProblem(await call(one, readOnly), 403, 'read_only_token')
      const after = await ada.get(`/api/contacts/${id}`)
      assert.equal(after.headers['etag'], contact.headers['etag'])
    })
  }

  for (const one of open.filter(({ method }) => method === 'GET')) {
    it(`that may only read opens ${one.name}`, async () => {
      for (const method of ['GET', 'HEAD'] as const) {
        const { statusCode } = await call({ ...one, method }, readOnly)
        assert.ok(statusCode !== 401 && statusCode !== 403, `${method} ${statusCode}`)
      }
    })
  }

  it('that may write does so in the book of its owner', async () => {
    const headers = { authorization: `Bearer ${readWrite}` }
    const made = await server.inject({
      method: 'POST',
      url: '/api/contacts',
      payload: { first_name: 'Charles' },
      headers,
    })
    expectStatus(made, 201)
    expectStatus(await ada.get(String(made.headers.location)), 200)
  })
})
