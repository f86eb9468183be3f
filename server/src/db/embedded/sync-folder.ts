import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Brings the names in a folder to the disk. */
export function syncFolder(path: string): void {
  // Windows opens no folders, and writes their entries down by itself.
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
