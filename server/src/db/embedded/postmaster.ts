import { execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Logger } from '../../log.ts'
import type { Cluster } from './cluster.ts'
import { lastWordsOf } from './last-words.ts'
import { explainSpawnError } from './programs.ts'

export type Postmaster = {
  /** Resolves with the reason when it is gone with all its processes. */
  ended: Promise<string>
  /** Ends it in order. */
  stop(): Promise<void>
}

const minuteMs = 60_000

/**
 * Starts PostgreSQL on a cluster, and waits until it answers. When this process ends, it ends too,
 * unless this one is killed.
 * @throws Error with the reason when it does not come up
 */
export async function startPostmaster(
  { folder, programs, options, reachedBy }: Cluster,
  settings: Record<string, string>,
  log: Logger,
): Promise<Postmaster> {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(programs.postgres, ['-D', reachedBy, ...flags], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
    // Else a Ctrl-C in the terminal would end it while requests are in flight.
    detached: true,
    windowsHide: true,
  })
  const interrupt = () => {
    // To Windows a signal is only a name for killing.
    if (process.platform !== 'win32') return void child.kill('SIGINT')
    execFile(programs.pg_ctl, ['stop', '-D', folder, '-m', 'fast'], options, () => {})
  }
  process.once('exit', interrupt)

  const ready = Promise.withResolvers<void>()
  const gone = Promise.withResolvers<string>()
  let lastWords = ''
  let lastPanic = -Infinity
  /** It tries again and again while the disk is full, and says so each time. */
  const isNews = (line: string) => {
    if (!line.startsWith('PANIC') || performance.now() - lastPanic < minuteMs) return false
    lastPanic = performance.now()
    return true
  }
  createInterface(child.stderr).on('line', (line) => {
    lastWords = lastWordsOf(line) || lastWords
    log[isNews(line) ? 'error' : 'debug']({ postgres: line }, 'PostgreSQL')
    if (line.endsWith('database system is ready to accept connections')) ready.resolve()
  })
  child.once('error', (error) => ready.reject(explainSpawnError(error)))
  // All its processes share this pipe.
  child.once('close', (code, signal) => {
    process.off('exit', interrupt)
    const reason = lastWords || `it ended with ${signal ?? `code ${code}`}`
    ready.reject(new Error(reason))
    gone.resolve(reason)
  })
  await ready.promise
  // What it complained of before it was ready is no reason for what comes later.
  lastWords = ''
  return {
    ended: gone.promise,
    async stop() {
      interrupt()
      await gone.promise
    },
  }
}
