import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { provideBackends } from './backends.ts'
import { blockContacts } from './block-contacts.ts'
import { signUp, type Person } from './people.ts'
import { startPostgres } from './postgres.ts'
import { bareEnvironment, freePort, startProgram } from './programs.ts'
import { run } from './run-program.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import { until } from './until.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const body = JSON.stringify({ first_name: 'Ada' })

/** Begins to add a contact; the missing rest of the body keeps the request in flight. */
async function beginContact({ url }: ServerProcess, { tokens }: Person): Promise<ClientRequest> {
  const headers = {
    authorization: `Bearer ${tokens.access_token}`,
    'content-type': 'application/json',
    'content-length': body.length,
    expect: '100-continue',
  }
  const call = request(`${url}/api/contacts`, {
    method: 'POST',
    headers,
    agent: new Agent({ keepAlive: true }),
  })
  call.flushHeaders()
  await once(call, 'continue')
  return call
}

async function finish(call: ClientRequest) {
  call.end(body)
  const [answer] = (await once(call, 'response')) as [IncomingMessage]
  return { status: answer.statusCode, body: await text(answer) }
}

const stopping = (server: ServerProcess) =>
  until('the stop to begin', () => server.output().includes('stopping: requests in flight'))

describe('a stop', () => {
  it('ends with code 0 when everything was closed', async () => {
    await using backends = await provideBackends({}, false)
    await using program = run('main', [], backends.settings)
    await until('the start', () => program.output().includes('Kith is ready'), 60_000)
    program.signal('SIGTERM')
    assert.equal(await program.ended, 0, program.output())
  })

  it('begins when npm is told to end, which ends its shell alone', async () => {
    await using backends = await provideBackends({}, false)
    const env = {
      ...bareEnvironment(),
      npm_lifecycle_event: 'start',
      ...backends.settings,
      PORT: `${await freePort()}`,
    }
    // The second command keeps the shell from becoming the server.
    const command = ['-c', '"$0" "$1"; exit', process.execPath, main]
    const shell = await startProgram('sh', command, /Kith is ready/, { env })
    // It ends when nobody is left who could print.
    await shell.end('SIGTERM')
    assert.match(shell.output(), /stopping: requests in flight/)
  })

  it('lets a request in flight finish, and takes no new one', async () => {
    await using server = await startServerProcess()
    const ada = await signUp(server)
    const call = await beginContact(server, ada)
    server.signal('SIGTERM')
    await stopping(server)
    await assert.rejects(
      until('a new connection', () => ada.get('/api/contacts').then(() => false)),
      TypeError,
    )
    assert.equal((await finish(call)).status, 201)
    await server.ended
    assert.doesNotMatch(server.output(), /took too long/)

    await using again = await startServerProcess(server.settings)
    const headers = { authorization: `Bearer ${ada.tokens.access_token}` }
    const contacts = await again.inject({ method: 'GET', url: '/api/contacts', headers })
    assert.equal(contacts.json<object[]>().length, 1)
  })

  it('says that it is not ready, and takes requests for a while, when others may send them', async () => {
    await using server = await startServerProcess({ DRAIN_SECONDS: '20' })
    const ada = await signUp(server)
    server.signal('SIGTERM')
    await stopping(server)
    const ready = await server.inject({ method: 'GET', url: '/readyz' })
    assert.equal(ready.statusCode, 503)
    assert.equal(ready.json().code, 'stopping')
    assert.equal((await ada.post('/api/contacts', { first_name: 'Ada' })).statusCode, 201)
    await server.end('SIGTERM')
  })

  it('answers also what still comes by an open connection', async () => {
    await using server = await startServerProcess()
    const { tokens } = await signUp(server)
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    const head = [
      'POST /api/contacts HTTP/1.1',
      `host: ${hostname}`,
      `authorization: Bearer ${tokens.access_token}`,
      'content-type: application/json',
      `content-length: ${body.length}`,
      'expect: 100-continue',
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n`)
    await once(socket, 'data')
    server.signal('SIGTERM')
    await stopping(server)
    socket.write(`${body}GET /livez HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`)
    const answers = await text(socket)
    assert.match(answers, /^HTTP\/1\.1 201 Created/)
    assert.match(answers, /HTTP\/1\.1 200 OK[^]*{"status":"ok"}/)
    await server.ended
  })

  it('is not held up by connections that are kept alive', async () => {
    await using server = await startServerProcess()
    // fetch keeps its connection alive too.
    const ada = await signUp(server)
    const call = await beginContact(server, ada)
    assert.equal((await finish(call)).status, 201)
    await server.end('SIGTERM')
    assert.doesNotMatch(server.output(), /took too long/)
  })

  it('ends at once at a second signal', async () => {
    await using server = await startServerProcess()
    const call = await beginContact(server, await signUp(server))
    call.on('error', () => {})
    server.signal('SIGTERM')
    await stopping(server)
    await server.end('SIGTERM')
    assert.doesNotMatch(server.output(), /took too long/)
  })

  it('does not wait for ever for a request that never ends: it is refused in its time', async () => {
    await using server = await startServerProcess()
    const call = await beginContact(server, await signUp(server))
    const answered = once(call, 'response') as Promise<[IncomingMessage]>
    await server.end('SIGTERM')
    const [answer] = await answered
    assert.equal(answer.statusCode, 408)
    assert.doesNotMatch(server.output(), /took too long/)
  })

  it('waits for a statement of PostgreSQL', async () => {
    await using postgres = await startPostgres()
    const url = postgres.url('postgres')
    await using server = await startServerProcess({ DATABASE_URL: url, REDIS_URL: '' })
    const ada = await signUp(server)

    await using block = await blockContacts(url)
    const answer = ada.post('/api/contacts', { first_name: 'Ada' })
    await block.waiting(1)
    server.signal('SIGTERM')
    await stopping(server)
    await block.release()
    assert.equal((await answer).statusCode, 201)
    await server.ended
    assert.doesNotMatch(server.output(), /took too long/)
  })
})
