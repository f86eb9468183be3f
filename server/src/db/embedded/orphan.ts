import { execFile } from 'node:child_process'
import { rmSync, statSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { OperatorError } from '../../operator-error.ts'
import { lockFiles, postmasterOf, type Address } from './address.ts'
import type { Cluster } from './cluster.ts'

// In order; then as in a power cut, which loses nothing either.
const signals = [
  { signal: 'SIGINT', waitMs: 15_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
] as const

/**
 * Ends the PostgreSQL that a Kith which was killed has left behind, if there is one. Only whoever has
 * the lock of the data folder may do that.
 * @throws OperatorError when it does not end
 */
export async function endOrphan(cluster: Cluster, address: Address): Promise<void> {
  const { folder, programs, options } = cluster
  const pid = postmasterOf(folder)
  if (pid === undefined) return
  if (process.platform === 'win32') {
    const args = ['stop', '-D', folder, '-m', 'fast']
    await promisify(execFile)(programs.pg_ctl, args, options).catch(() => {})
    return
  }
  // Since nobody listens in the folder, the number may be that of any program by now, for which
  // PostgreSQL would take it to be running.
  if (!(await address.answers())) {
    for (const file of lockFiles(folder)) rmSync(file, { force: true })
    return
  }
  for (const { signal, waitMs } of signals) {
    if (!isIn(pid, folder) || !kill(pid, signal)) break
    if (await isGone(address, waitMs)) return
  }
  throw new OperatorError(
    `Another PostgreSQL (process ${pid}) runs on the database in ${folder}, and cannot be ended ` +
      'from here. End it, or what started it, perhaps in another container.',
  )
}

/** Whether it is the process that we take it for, where the system tells. */
function isIn(pid: number, folder: string): boolean {
  if (process.platform !== 'linux') return true
  try {
    const [actual, expected] = [statSync(`/proc/${pid}/cwd`), statSync(folder)]
    return actual.ino === expected.ino && actual.dev === expected.dev
  } catch {
    return false
  }
}

function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

async function isGone(address: Address, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs
  while (performance.now() < deadline) {
    if (!(await address.answers())) return true
    await setTimeout(20)
  }
  return false
}
