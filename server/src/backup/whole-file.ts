import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { OperatorError } from '../operator-error.ts'

/** Puts the content into the file; it resolves once all of it has reached the disk. */
type Save = (content: Readable) => Promise<void>

/**
 * Writes a file that only its owner may read, beside its place and moved there when it is whole and
 * has reached the disk: what a crash leaves is not taken for it, and a file that was there is replaced
 * by a good one alone.
 * @param check reads what was written, before it is moved
 * @returns what `write` returns
 * @throws OperatorError when the file cannot be written
 */
export async function writeWholeFile<T>(
  file: string,
  write: (save: Save) => Promise<T>,
  check: (written: string) => Promise<void> = async () => {},
): Promise<T> {
  const partial = `${file}.partial`
  try {
    await rm(partial, { force: true })
    const result = await writeNew(partial, write)
    await check(partial)
    await rename(partial, file)
    await syncFolder(dirname(file))
    return result
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {})
    throw isFileError(error) ? new OperatorError(sentenceOf(file, error), { cause: error }) : error
  }
}

async function writeNew<T>(file: string, write: (save: Save) => Promise<T>): Promise<T> {
  await using handle = await open(file, 'wx', 0o600)
  return await write(async (content) => {
    await handle.writeFile(content)
    await handle.sync()
  })
}

/** Windows opens no folders, and writes their entries down by itself. */
async function syncFolder(path: string) {
  if (process.platform === 'win32') return
  await using folder = await open(path)
  await folder.sync()
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'errno' in error && !('routine' in error)
}

function sentenceOf(file: string, error: NodeJS.ErrnoException): string {
  const reasons: Record<string, string> = {
    ENOSPC: 'the disk is full',
    ENOENT: 'its folder is not there',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    EROFS: 'the disk is read-only',
  }
  return `${file} cannot be written: ${reasons[error.code ?? ''] ?? error.message}.`
}
