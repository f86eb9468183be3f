import { execFile, spawn } from 'node:child_process'
import type { Logger } from '../../log.ts'
import type { Cluster } from './cluster.ts'
import { followLog } from './postgres-log.ts'
import { explainSpawnError } from './programs.ts'

export type Postmaster = {
  /** Resolves when it is gone with all its processes: with the signal or exit code of the first. */
  ended: Promise<string>
  /** Ends it in order. */
  stop(): Promise<void>
}

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
    if (process.platform !== 'win32') child.kill('SIGINT')
    // There a signal is only a name for killing.
    else execFile(programs.pg_ctl, ['stop', '-D', folder, '-m', 'fast'], options, () => {})
  }
  process.once('exit', interrupt)

  const ready = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<string>()
  const lastWords = followLog(child.stderr, log, ready.resolve)
  child.once('error', (error) => ready.reject(explainSpawnError(error)))
  // All its processes share the pipe of the log, so this is the end of the last of them.
  child.once('close', (code, signal) => {
    process.off('exit', interrupt)
    const manner = signal ?? `code ${code}`
    ready.reject(new Error(lastWords().replaceAll(reachedBy, folder) || `it ended with ${manner}`))
    ended.resolve(manner)
  })
  await ready.promise
  return {
    ended: ended.promise,
    async stop() {
      interrupt()
      await ended.promise
    },
  }
}
