import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { OperatorError } from '../operator-error.ts'

const SQLITE_BUSY = 5

export class DataDirInUse extends OperatorError {
  override name = 'DataDirInUse'
}

/**
 * Makes sure of a data folder that holds files only, which several processes may share.
 * @throws OperatorError when it cannot be written to
 */
export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir)
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    throw unusable(dataDir, error)
  }
}

/**
 * Takes a data folder for this process alone, creating it when it is missing. The lock is the
 * kernel's, through SQLite's file locking: it ends with the process, however that ends, and holds
 * between containers that share a folder.
 * @throws DataDirInUse when another process has it, OperatorError when it cannot be written to
 */
export function lockDataDir(dataDir: string): Disposable {
  makeDataDir(dataDir)
  try {
    return takeLock(join(dataDir, 'lock'))
  } catch (error) {
    if (!(error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)) {
      throw unusable(dataDir, error)
    }
    throw new DataDirInUse(
      `Another Kith uses the data folder ${dataDir}. Stop it first, or set DATA_DIR to another folder.`,
    )
  }
}

/** One by one: Node's recursive `mkdir` never returns where a folder that exists answers ENOENT, as /proc. */
function makeFolder(path: string): void {
  if (isFolder(path)) return
  if (dirname(path) !== path) makeFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(path)) throw error
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function takeLock(file: string): Disposable {
  const lock = new DatabaseSync(file)
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive')
  } catch (error) {
    lock.close()
    throw error
  }
  return { [Symbol.dispose]: () => lock.close() }
}

function unusable(dataDir: string, error: unknown): OperatorError {
  const reason = error instanceof Error ? error.message : String(error)
  return new OperatorError(`DATA_DIR: the folder ${dataDir} cannot be used: ${reason}.`)
}
