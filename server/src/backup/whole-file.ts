import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { OperatorError } from '../operator-error.ts'

/**
 * Writes a file that only its owner may read, beside its place and moved there when it is whole and
 * has reached the disk: what a crash leaves is not taken for it, and a file that was there is replaced
 * by a good one alone.
 * @param check reads what was written, before it is moved
 * @throws OperatorError when the file cannot be written
 */
export async function writeWholeFile(
  file: string,
  write: () => Readable,
  check: (written: string) => Promise<void> = async () => {},
): Promise<void> {
  const partial = `${file}.partial`
  try {
    await rm(partial, { force: true })
    {
      await using handle = await open(partial, 'wx', 0o600)
      await handle.writeFile(write())
      await handle.sync()
    }
    await check(partial)
    await rename(partial, file)
    await syncFolder(dirname(file))
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {})
    throw isFileError(error) ? new OperatorError(sentenceOf(file, error), { cause: error }) : error
  }
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
