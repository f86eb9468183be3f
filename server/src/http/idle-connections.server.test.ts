import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { it } from 'node:test'
import { startServer } from '../../test/server.ts'

const ample = { timeout: 30_000 }

it('a server that stops keeps no connection open that it has answered', ample, async (test) => {
  const server = await startServer({}, { listen: true })
  const agent = new Agent({ keepAlive: true })
  test.after(() => agent.destroy())
  const body = JSON.stringify({ email: 'nobody@example.org', password: 'not a password' })
  const headers = { 'content-type': 'application/json' }
  const asked = once(server.app.server, 'request')
  // Takes a while, since a password is hashed.
  const login = request(`${server.url}/api/auth/login`, { agent, method: 'POST', headers })
  const answered = once(login, 'response')
  login.end(body)
  await asked
  const stopped = server[Symbol.asyncDispose]()
  const [answer] = await answered
  answer.resume()
  // It would be kept alive for more than a minute.
  await stopped
})
