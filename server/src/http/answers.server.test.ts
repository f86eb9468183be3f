import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { callEverything } from '../../test/every-call.ts'
import { readOpenApi, type Operation } from '../../test/openapi.ts'
import type { Answer } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const openApi = await readOpenApi(server)
const { calls, assertFits } = openApi
const seen = await callEverything(server, openApi)

describe('real answers', () => {
  for (const { name, operation } of calls) {
    it(`are what the document says of ${name}`, () => {
      const answers = seen.filter((one) => one.name === name).map(({ answer }) => answer)
      const isDone = answers.some(({ statusCode }) => statusCode < 300)
      assert.ok(isDone, 'make a successful call of it in this test')
      for (const answer of answers) assertDescribed(operation, answer)
    })
  }
})

function assertDescribed({ responses }: Operation, answer: Answer) {
  const { statusCode, headers, body } = answer
  const response = responses[statusCode]
  assert.ok(response, `${statusCode} is not described: ${body}`)
  for (const name of Object.keys(response.headers ?? {})) {
    // The last page has no next one, nothing is updating, and these tests run without limits.
    if (['Link', 'X-Index-State'].includes(name) || name.startsWith('RateLimit')) continue
    assert.ok(headers[name.toLowerCase()], `${statusCode} lacks ${name}`)
  }
  const [type] = (headers['content-type'] ?? '').split(';')
  if (!response.content) {
    assert.equal(body, '')
    return
  }
  const content = response.content[type ?? '']
  assert.ok(content, `${statusCode} is described otherwise than as ${type}`)
  if (type && /[/+]json$/.test(type)) assertFits(content.schema, JSON.parse(body))
}
