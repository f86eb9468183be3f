import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { accessSync, constants, globSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { delimiter, join } from 'node:path'

/** Where systems keep what is not always on the PATH. */
const otherFolders = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/snap/bin']

export function findRedis(): string | undefined {
  return findPrograms(['redis-server', 'valkey-server'])[0]
}

export function findChromium(): string | undefined {
  return findPrograms(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])[0]
}

/** Chromium without what only people need, which starts and draws faster; else the whole one. */
export function findHeadlessChromium(): string | undefined {
  return findPrograms(['chromium-headless-shell'])[0] ?? findChromium()
}

/** A program that syncs by CardDAV. */
export function findVdirsyncer(): string | undefined {
  return findPrograms(['vdirsyncer'])[0]
}

/** An address book for the terminal, which reads what vdirsyncer has synced. */
export function findKhard(): string | undefined {
  return findPrograms(['khard'])[0]
}

/** A program that syncs by CardDAV in its own way. */
export function findSyncevolution(): string | undefined {
  return findPrograms(['syncevolution'])[0]
}

/** Every program of these names on the PATH and in folders that match `globs`, best first. */
export function findPrograms(names: string[], globs: string[] = []): string[] {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const folders = [...onPath, ...otherFolders, ...globSync(globs)]
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(canRun)
}

function canRun(file: string) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

// Below those that systems give out by themselves, and above those that browsers refuse.
const firstPort = 11_000
const ranges = 200
const rangeSize = 100
let range: Promise<number> | undefined
let used = 0

/**
 * A port on the loopback that nothing listens on, nor will before it is used: each process has its own, of a
 * range that it claims by listening on the first one until it ends.
 */
export async function freePort(): Promise<number> {
  range ??= claimRange()
  const port = (await range) + 1 + (used++ % (rangeSize - 1))
  const server = await listenOn(port)
  if (!server) return freePort()
  await once(server.close(), 'close')
  return port
}

async function claimRange(): Promise<number> {
  const first = firstPort + rangeSize * randomInt(ranges)
  const server = await listenOn(first)
  if (!server) return claimRange()
  server.unref()
  return first
}

/** @returns undefined where somebody else listens */
async function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    return server
  } catch {
    return undefined
  }
}

/** For programs that nothing else shall set up. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  // What was compiled for other tests need not be compiled again: it is most of a start.
  const { PATH, NODE_COMPILE_CACHE } = process.env
  return { PATH, NODE_COMPILE_CACHE }
}

export type Program = {
  pid: number
  /** All it has printed so far. */
  output(): string
  /** Resolves when it is gone. */
  ended: Promise<void>
  /** Sends a signal and waits until the program is gone. */
  end(signal: NodeJS.Signals): Promise<void>
  signal(signal: NodeJS.Signals): void
}

/**
 * Starts a program and waits until it prints `ready`. It never outlives this process.
 * @throws Error with its output when it ends before that
 */
export async function startProgram(
  file: string,
  args: string[],
  ready: RegExp,
  options: SpawnOptions = {},
): Promise<Program> {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = once(child, 'close').then(() => void process.off('exit', kill))
  let output = ''
  const isReady = Promise.withResolvers<void>()
  const read = (chunk: Buffer) => {
    output += chunk.toString()
    if (ready.test(output)) isReady.resolve()
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  ended.then(
    () => isReady.reject(new Error(`${file} ended before it was ready:\n${output}`)),
    isReady.reject,
  )
  await isReady.promise
  return {
    pid: pidOf(child),
    output: () => output,
    ended,
    async end(signal) {
      child.kill(signal)
      await ended
    },
    signal: (signal) => void child.kill(signal),
  }
}

function pidOf({ pid }: ChildProcess) {
  if (pid === undefined) throw new Error('the program could not be started')
  return pid
}
