import { rm } from 'node:fs/promises'
import { createConnection, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { findCommand, UsageError } from './commands.ts'
import { OperatorError } from './operator-error.ts'
import type { Services } from './services.ts'

type Answer = { ok: boolean; text: string }

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
export async function askServer(dataDir: string, name: string, args: string[]): Promise<string> {
  const answer = await ask(socketPath(dataDir), JSON.stringify({ name, args }))
  if (answer === '') {
    throw new OperatorError(
      `Another Kith uses the data folder ${dataDir} and does not take commands. ` +
        'If it is just starting, try again; else stop it first.',
    )
  }
  const { ok, text: message } = JSON.parse(answer) as Answer
  if (!ok) throw new UsageError(message)
  return message
}

/** The whole answer, or nothing when there is nobody, or only for a part of the time. */
async function ask(path: string, request: string): Promise<string> {
  try {
    const socket = createConnection(path)
    socket.end(request)
    return await text(socket)
  } catch {
    return ''
  }
}

async function answer(services: Services, socket: Socket) {
  socket.on('error', () => socket.destroy())
  // Else the end of what is read would be the end of the socket, before the answer.
  const request = await text(socket.iterator({ destroyOnReturn: false }))
  socket.end(JSON.stringify(await run(services, request)))
}

async function run(services: Services, request: string): Promise<Answer> {
  try {
    const { name, args } = JSON.parse(request) as { name: string; args: string[] }
    const command = findCommand(name)
    if (!command) throw new UsageError(`There is no command ${name}.`)
    return { ok: true, text: await command(services, args) }
  } catch (error) {
    if (error instanceof OperatorError) return { ok: false, text: error.message }
    services.log.error({ err: error }, 'a command failed')
    return { ok: false, text: 'The command failed; the server noted why.' }
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
