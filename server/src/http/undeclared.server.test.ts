import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { readOpenApi, type DescribedCall } from '../../test/openapi.ts'
import { signUp, type Answer } from '../../test/people.ts'
import { expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)
const { calls } = await readOpenApi(server)
const withoutBody = calls.filter(
  ({ path, operation }) => path.startsWith('/api/') && !operation.requestBody,
)
const isOpened = ({ method, operation }: DescribedCall) =>
  method === 'GET' && operation.security?.length === 0

function urlOf({ path }: DescribedCall): string {
  return path.replace('{revision}', '1').replaceAll(/\{\w+\}/g, () => randomUUID())
}

describe('a parameter that a call does not declare', () => {
  for (const call of withoutBody.filter((one) => !isOpened(one))) {
    it(`is refused by ${call.name}`, async () => {
      const headers = { 'x-kith': '1', 'sec-fetch-site': 'same-origin' }
      const url = `${urlOf(call)}?undeclared=1`
      const answer = await ada.inject({ method: call.method, url, headers })
      const parameters = call.operation.parameters ?? []
      const missing = parameters.filter((one) => one.in === 'query' && one.required)
      expectRefused(answer, '/undeclared', ...missing.map(({ name }) => `/${name}`))
    })
  }

  it('is refused beside a body', async () => {
    expectRefused(await ada.post('/api/contacts?foo=1', { first_name: 'Bo' }), '/foo')
    assert.deepEqual((await ada.get('/api/contacts')).json(), [])
  })

  it('may stand in a link that other programs open', async () => {
    const opened = calls.filter(isOpened).filter(({ path }) => path.startsWith('/api/'))
    assert.ok(opened.length > 2)
    for (const call of opened) {
      const plain = await ada.inject({ method: call.method, url: urlOf(call) })
      const tracked = await ada.inject({ method: call.method, url: `${urlOf(call)}?utm_source=x` })
      assert.equal(tracked.statusCode, plain.statusCode)
    }
  })
})

describe('a broken body of a call that takes none', () => {
  for (const call of withoutBody.filter(({ method }) => method !== 'GET')) {
    it(`is answered as documented by ${call.name}`, async () => {
      for (const [payload, type] of [
        ['{', 'application/json'],
        ['[['.repeat(100), 'application/json'],
        ['x', 'text/plain'],
      ] as const) {
        const headers = { 'content-type': type }
        const request = { method: call.method, url: urlOf(call), payload, headers }
        expectDocumented(await ada.inject(request), call)
      }
    })
  }
})

function expectDocumented(answer: Answer, { operation, name }: DescribedCall) {
  const { statusCode } = answer
  const content = operation.responses[statusCode]?.content?.['application/problem+json']
  assert.ok(statusCode >= 400 && content, `${name} answered ${statusCode}`)
  const codes = Object.keys(content.examples ?? {})
  assert.ok(codes.includes(answer.json().code), `${answer.json().code} is none of ${codes.join()}`)
}
