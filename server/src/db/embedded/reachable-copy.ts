import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { OperatorError } from '../../operator-error.ts'
import type { Programs } from './programs.ts'
import { syncToDisk } from './sync-to-disk.ts'

const copies = '/var/cache/kith'
// What is needed to build programs against PostgreSQL, not to run it.
const needless = /\.a$|\/(?:pgxs|pkgconfig)$/

/**
 * The same programs where every user may run them: copied, once for each version, when they lie in
 * a folder that only root may enter. No link or open file would do, since they look for their
 * libraries by their path.
 * @throws OperatorError when there is no room for a copy
 */
export function reachableByAll(programs: Programs): Programs {
  if (isReachable(programs.postgres)) return programs
  const installed = dirname(dirname(programs.postgres))
  const copy = join(copies, nameOf(installed))
  try {
    if (!existsSync(copy)) makeCopy(installed, copy)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new OperatorError(
      'PostgreSQL refuses to run as root, another user cannot reach its programs in ' +
        `${installed}, and they cannot be copied to ${copy}: ${reason}.`,
      { cause },
    )
  }
  const inCopy = (file: string) => join(copy, 'bin', basename(file))
  return {
    initdb: inCopy(programs.initdb),
    postgres: inCopy(programs.postgres),
    pg_ctl: inCopy(programs.pg_ctl),
  }
}

function isReachable(file: string): boolean {
  for (let path = file; path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false
  }
  return true
}

function nameOf(installed: string): string {
  const file = join(dirname(installed), 'package.json')
  const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  return `${name?.replace('/', '-').replace('@', '')}-${version}`
}

/** Beside its place, and moved there when it is whole: what a crash leaves is not taken for one. */
function makeCopy(installed: string, copy: string) {
  mkdirSync(copies, { recursive: true })
  chmodSync(copies, 0o755)
  const unfinished = mkdtempSync(`${copy}.`)
  try {
    cpSync(installed, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !needless.test(file),
    })
    openAndSync(unfinished)
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    // Another process was faster.
    if (!existsSync(copy)) throw error
  }
}

/** Lets everybody read what the umask of root may have closed, and brings it to the disk. */
function openAndSync(folder: string) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const path of [...names.map((name) => join(folder, name)), folder]) {
    const stats = lstatSync(path)
    if (stats.isSymbolicLink()) continue
    chmodSync(path, stats.mode | (stats.mode & 0o100 ? 0o555 : 0o444))
    syncToDisk(path)
  }
}
