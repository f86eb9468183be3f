import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { readOpenApi, type DescribedCall } from '../../test/openapi.ts'
import { signUp, type Answer } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)
const { calls } = await readOpenApi(server)
const withoutBody = calls.filter(
  ({ path, operation }) => path.startsWith('/api/') && !operation.requestBody,
)
function urlOf({ path }: DescribedCall): string {
  return path.replace('{revision}', '1').replaceAll(/\{\w+\}/g, () => randomUUID())
}

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
