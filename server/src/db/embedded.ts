import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { OperatorError } from '../operator-error.ts'
import { reasonOf } from './errors.ts'

const startParams = [
  // By itself PGlite leaves it to the operating system when a commit reaches the disk.
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  // The default, fdatasync, does nothing in WebAssembly.
  '-cwal_sync_method=fsync',
  '-cmin_wal_size=32MB',
  '-cmax_wal_size=64MB',
]

/** Called when the database cannot go on, with its last words. It must end the process. */
export type OnPanic = (reason: string) => void

/**
 * Opens the PGlite in `folder`, made first when it is missing. As with a server, what is committed
 * has reached the disk, at the price of one fsync a commit, which everybody waits for: about 1 ms
 * on an SSD. Without it a power cut could break the database, not just lose the last seconds.
 * @param onPanic PGlite spins for ever when it is asked anything after a PANIC, which is how it
 *   takes a disk that is full or broken
 * @throws OperatorError when the database cannot be opened
 */
export async function openPglite(folder: string, onPanic: OnPanic): Promise<PGlite> {
  let lastWords = ''
  const onStderr = (line: string) => {
    lastWords = /(?:PANIC|FATAL):\s*(.*)/.exec(line)?.[1] ?? lastWords
    return true
  }
  try {
    if (!existsSync(folder)) await makePglite(folder)
    const fs = new DurableFiles(folder, () => onPanic(lastWords))
    return await PGlite.create({ fs, startParams, onStderr })
  } catch (error) {
    const reason = lastWords || reasonOf(error)
    throw new OperatorError(`The database in ${folder} cannot be opened: ${reason}.`)
  }
}

/** Beside its place, and moved there when it is whole: what a crash leaves is not taken for one. */
async function makePglite(folder: string) {
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await (await PGlite.create(unfinished)).close()
  const files = await readdir(unfinished, { recursive: true, withFileTypes: true })
  await Promise.all(files.map((file) => sync(join(file.parentPath, file.name))))
  await rename(unfinished, folder)
  await sync(dirname(folder))
}

async function sync(path: string) {
  // Windows opens no folders, and writes their entries down by itself.
  if (process.platform === 'win32') return
  await using file = await open(path)
  await file.sync()
}

/** The part of Emscripten's file system that is not in its types. */
type Emscripten = {
  FS: { ErrnoError: new (errno: number) => Error }
  NODEFS: {
    realPath(node: object): string
    stream_ops: { fsync?(stream: { nfd?: number; node: object }): number }
  }
}

const EIO = 29

class DurableFiles extends NodeFS {
  readonly #onAbort: () => void

  constructor(folder: string, onAbort: () => void) {
    super(folder)
    this.#onAbort = onAbort
  }

  override async init(...args: Parameters<NodeFS['init']>) {
    const { emscriptenOpts } = await super.init(...args)
    const preRun = [...(emscriptenOpts.preRun ?? []), addFsync]
    return { emscriptenOpts: { ...emscriptenOpts, preRun, onAbort: this.#onAbort } }
  }
}

/** Emscripten answers an fsync of a file of Node's with success, and does nothing. */
function addFsync(emscripten: object) {
  const { FS, NODEFS } = emscripten as Emscripten
  NODEFS.stream_ops.fsync = ({ nfd, node }) => {
    try {
      if (nfd === undefined) syncFolder(NODEFS.realPath(node))
      else fsyncSync(nfd)
    } catch {
      throw new FS.ErrnoError(EIO)
    }
    return 0
  }
}

function syncFolder(path: string) {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
