import { rm } from 'node:fs/promises'
import { createConnection, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Report } from './backup/report.ts'
import { UsageError, type Outcome, type Request } from './operator/command.ts'
import { findCommand } from './operator/help.ts'
import { OperatorError } from './operator-error.ts'
import type { Services } from './services.ts'

/** A line of the answer: how far the work is, and last what came of it. */
type Line = { progress: Parameters<Report> } | { outcome: Outcome } | { refusal: string }

const progressMs = 100

/**
 * Lets the command line reach a server that holds the embedded database, which has room for one
 * process: a socket in the data folder, for whoever may read that folder.
 */
export async function listenForCommands(services: Services): Promise<AsyncDisposable> {
  const path = socketPath(services.config.dataDir)
  // The folder's lock is ours, so a socket that is there was left by a crash.
  if (!isPipe(path)) await rm(path, { force: true })
  const server = createServer({ allowHalfOpen: true }, (socket) => void answer(services, socket))
  server.on('error', (error) =>
    services.log.warn({ err: error }, 'commands cannot reach this server'),
  )
  server.listen(path).unref()
  return {
    async [Symbol.asyncDispose]() {
      server.close()
    },
  }
}

/**
 * Runs a command in the server that holds the data folder.
 * @throws UsageError when it refuses, OperatorError when it cannot be reached
 */
export async function askServer(
  dataDir: string,
  name: string,
  request: Request,
  report: Report,
): Promise<Outcome> {
  for await (const line of ask(socketPath(dataDir), JSON.stringify({ name, request }))) {
    if ('progress' in line) report(...line.progress)
    else if ('outcome' in line) return line.outcome
    else throw new UsageError(line.refusal)
  }
  throw new OperatorError(
    `Another Kith uses the data folder ${dataDir} and does not take commands. ` +
      'If it is just starting, try again; else stop it first.',
  )
}

/** The lines of the answer; none when there is nobody, and fewer when the server ends meanwhile. */
async function* ask(path: string, request: string): AsyncGenerator<Line> {
  const socket = createConnection(path).setEncoding('utf8')
  socket.end(request)
  let rest = ''
  try {
    for await (const chunk of socket as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield JSON.parse(line) as Line
    }
  } catch {
    // Without an outcome the caller says what that means.
  }
}

async function answer(services: Services, socket: Socket) {
  socket.on('error', () => socket.destroy())
  // Else the end of what is read would be the end of the socket, before the answer.
  const request = await text(socket.iterator({ destroyOnReturn: false }))
  const send = (line: Line) => void socket.write(`${JSON.stringify(line)}\n`)
  send(await run(services, request, reportBy(send)))
  socket.end()
}

/** Says no more than somebody can read, and each step at least once. */
function reportBy(send: (line: Line) => void): Report {
  let step = ''
  let sentAt = -Infinity
  return (...progress) => {
    const now = performance.now()
    if (progress[0] === step && now - sentAt < progressMs) return
    step = progress[0]
    sentAt = now
    send({ progress })
  }
}

async function run(services: Services, text: string, report: Report): Promise<Line> {
  try {
    const { name, request } = JSON.parse(text) as { name: string; request: Request }
    const command = findCommand(name)
    if (!command?.run) throw new UsageError(`The running server knows no command ${name}.`)
    return { outcome: await command.run(services, request, report) }
  } catch (error) {
    if (error instanceof OperatorError) return { refusal: error.message }
    services.log.error({ err: error }, 'a command failed')
    return { refusal: 'The command failed; the server noted why.' }
  }
}

function socketPath(dataDir: string): string {
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\kith-${Buffer.from(dataDir).toString('hex').slice(-100)}`
    : join(dataDir, 'control.sock')
}

function isPipe(path: string): boolean {
  return path.startsWith('\\\\')
}
