import { readdirSync, readFileSync } from 'node:fs'

// What Linux calls USER_HZ: 100 on every platform that Node runs on.
const ticksPerSecond = 100

type Stat = { pid: number; name: string; parent: number; ticks: number }

/** Whether this system tells what its processes use; where it does not, those figures are null. */
export const canMeasureProcesses = statOf(process.pid) !== undefined

/**
 * CPU seconds used so far by processes and all that they started, ended ones included. Zero where
 * the system does not tell.
 */
export function cpuSeconds(pids: number[]): number {
  return familyOf(pids).reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerSecond
}

/** The processes that one has started, and theirs. */
export function descendants(pid: number): number[] {
  return familyOf([pid])
    .map((stat) => stat.pid)
    .filter((one) => one !== pid)
}

function familyOf(pids: number[]): Stat[] {
  const all = everyProcess()
  const family = new Set(pids)
  // A child may be listed before its parent, when numbers have wrapped around.
  for (let size = 0; size < family.size;) {
    size = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  return all.filter(({ pid }) => family.has(pid))
}

/**
 * Seconds for which a process' main thread could have gone on, but was given no core. Zero where the
 * system does not tell. See /proc/pid/schedstat in the kernel's sched-stats.
 */
export function waitedSeconds(pid: number): number {
  const [, waitedNs] = read(`/proc/${pid}/schedstat`).split(' ')
  return Number(waitedNs ?? 0) / 1e9
}

/** The processes of these names that this one started. */
export function ownChildren(names: string[]): number[] {
  return everyProcess()
    .filter(({ name, parent }) => parent === process.pid && names.includes(name))
    .map(({ pid }) => pid)
}

/** Watches the memory that processes keep resident, until disposed; their highest sum in MB. */
export function watchResident(pids: number[]): Disposable & { highestMb(): number } {
  return watchHighest(() => pids.reduce((sum, pid) => sum + residentMb(pid), 0))
}

/**
 * The same of a process and all that it has started, of which each counts its share of what they have in
 * common. What the first shares with us, such as Node's own code, counts whole.
 */
export function watchFamily(pid: number): Disposable & { highestMb(): number } {
  return watchHighest(() => familyMb(pid))
}

export function familyMb(pid: number): number {
  return descendants(pid).reduce((sum, one) => sum + proportionalMb(one), residentMb(pid))
}

function watchHighest(measure: () => number): Disposable & { highestMb(): number } {
  let highest = 0
  const look = () => {
    highest = Math.max(highest, measure())
  }
  const timer = setInterval(look, 200)
  look()
  return {
    highestMb: () => highest,
    [Symbol.dispose]: () => clearInterval(timer),
  }
}

/** Of memory that several processes have mapped, each has its share. See proc_pid_smaps(5). */
function proportionalMb(pid: number): number {
  const kb = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0
  return Number(kb) / 1024
}

function residentMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0
  return Number(kb) / 1024
}

function everyProcess(): Stat[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => statOf(Number(pid)))
      .filter((stat) => stat !== undefined)
  } catch {
    return []
  }
}

/** See proc_pid_stat(5). The name stands in parentheses and may hold any character. */
function statOf(pid: number): Stat | undefined {
  const text = read(`/proc/${pid}/stat`)
  const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  // Fields 4 and 14 to 17, of which the first two stand before the slice.
  const [parent, ...times] = [1, 11, 12, 13, 14].map((index) => Number(fields[index]))
  if (parent === undefined || Number.isNaN(parent)) return undefined
  return { pid, name, parent, ticks: times.reduce((sum, ticks) => sum + ticks, 0) }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
