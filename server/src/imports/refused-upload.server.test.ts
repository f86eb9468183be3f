import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { after, describe, it } from 'node:test'
import { signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

describe('an upload that is refused while it is still sent', () => {
  it('leaves a connection that takes the next one', async () => {
    const owner = await signUp(server)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    after(() => agent.destroy())
    const form = new FormData()
    form.set('file', new Blob([`[{"name": "Ada"}${' '.repeat(2_400_000)}]`]), 'a.json')
    const encoded = new Response(form)
    const type = encoded.headers.get('content-type') ?? ''
    const body = Buffer.from(await encoded.arrayBuffer())
    for (let round = 0; round < 12; round++) {
      assert.equal(await statusOf(agent, owner.tokens.access_token, type, body), 422)
    }
  })
})

function statusOf(agent: Agent, token: string, type: string, body: Buffer): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': type,
    'content-length': body.length,
  }
  const sent = request(
    `${server.url}/api/imports`,
    { method: 'POST', agent, headers },
    (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode ?? 0))
    },
  )
  sent.once('error', reject)
  sent.end(body)
  return promise
}
