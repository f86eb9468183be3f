import { fileURLToPath } from 'node:url'
import { provideBackends, type Backends } from './backends.ts'
import { outboxOf, type Mailbox } from './mailbox.ts'
import type { Answer, Call } from './people.ts'
import { bareEnvironment, freePort, startProgram, type Program } from './programs.ts'
import type { Settings } from './settings.ts'
import { until } from './until.ts'

export type ServerProcess = Backends &
  Program & {
    url: string
    mailbox: Mailbox
    /** As in startServer, but over a real connection: every caller has the loopback's address. */
    inject(call: Call): Promise<Answer>
  }

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/**
 * The server as its users start it, in a process of its own that can be killed. To start it again
 * where it was, give the `settings` of the first one, which must not have been disposed of.
 */
export async function startServerProcess(settings: Settings = {}): Promise<ServerProcess> {
  await using stack = new AsyncDisposableStack()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const backends = stack.use(await provideBackends({ PUBLIC_URL: url, ...settings }, false))
  const program = await startProgram(process.execPath, [main], /Kith is ready/, {
    env: { ...bareEnvironment(), ...backends.settings, HOST: '127.0.0.1', PORT: `${port}` },
  })
  // A second one ends it at once, and its PostgreSQL with it.
  stack.defer(async () => {
    program.signal('SIGTERM')
    await program.end('SIGTERM')
  })
  const resources = stack.move()
  return {
    ...backends,
    ...program,
    url,
    mailbox: outboxOf(backends.settings.DATA_DIR),
    inject: (call) => askUntilTaken(url, call),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** Repeats a call while the server sheds load, as clients should: a machine that runs tests is busy. */
function askUntilTaken(url: string, call: Call): Promise<Answer> {
  return until('the server to keep up', async () => {
    const answer = await ask(url, call)
    const isShed = answer.statusCode === 503 && answer.body.includes('"code":"overloaded"')
    return !isShed && answer
  })
}

async function ask(url: string, { method, url: path, headers = {}, payload }: Call) {
  const octets = payload instanceof Buffer ? new Uint8Array(payload) : undefined
  const isRaw = payload === undefined || typeof payload === 'string' || octets !== undefined
  const response = await fetch(new URL(path, url), {
    method,
    headers: isRaw ? headers : { 'content-type': 'application/json', ...headers },
    redirect: 'manual',
    body: octets ?? (typeof payload === 'string' ? payload : JSON.stringify(payload)),
  })
  const rawPayload = Buffer.from(await response.arrayBuffer())
  const body = rawPayload.toString()
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body,
    rawPayload,
    json: () => JSON.parse(body),
  }
}
