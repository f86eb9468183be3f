import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { readOpenApi, type DescribedCall } from '../../test/openapi.ts'
import { signUp, type Answer, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)
const { calls } = await readOpenApi(server)
/** Calls that take no JSON: no body at all, or a form. */
const withoutJson = calls.filter(
  ({ path, operation }) =>
    path.startsWith('/api/') && !operation.requestBody?.content['application/json'],
)
const password = await appPasswordOf(ada)

async function appPasswordOf(owner: Person): Promise<string> {
  const answer = await owner.post('/api/users/me/app-passwords', { name: 'phone' })
  const basic = Buffer.from(`${owner.email}:${answer.json().password}`).toString('base64')
  return `Basic ${basic}`
}

function urlOf({ path }: DescribedCall): string {
  return path.replace('{revision}', '1').replaceAll(/\{\w+\}/g, () => randomUUID())
}

describe('a broken body of a call that takes no JSON', () => {
  for (const call of withoutJson.filter(({ method }) => method !== 'GET')) {
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

describe('what is refused before any call sees it', () => {
  for (const call of calls) {
    const { method, name, operation, path } = call
    it(`is documented by ${name}`, async () => {
      const url = urlOf(call)
      const compressed = { 'content-encoding': 'gzip' }
      expectDocumented(await ada.inject({ method, url, headers: compressed }), call)
      if (path.includes('{')) {
        const broken = path.replaceAll(/\{\w+\}/g, '%FF')
        expectDocumented(await ada.inject({ method, url: broken }), call)
      }
      const query = operation.parameters?.find((parameter) => parameter.in === 'query')?.name
      if (query !== undefined) {
        const twice = `${url}?${query}=1&${query}=2`
        expectDocumented(await ada.inject({ method, url: twice }), call)
      }
      if (operation.security?.length === 0) return
      const headers = { authorization: password }
      expectDocumented(await server.inject({ method, url, headers }), call)
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
