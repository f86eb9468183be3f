import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Of a socket, in bytes, with its end: 108 on Linux, 104 elsewhere.
const maxSocketPath = 104
// The longest name of a socket of ours.
const longestName = '/.s.PGSQL.5432'.length

/** A name for a folder that is short enough for the path of a socket in it; until it is disposed. */
export function shortPath(folder: string): Disposable & { folder: string } {
  if (Buffer.byteLength(folder) + longestName < maxSocketPath)
    return { folder, [Symbol.dispose]: () => {} }
  const parent = mkdtempSync(join(tmpdir(), 'kith-'))
  const link = join(parent, 'to')
  symlinkSync(folder, link)
  return { folder: link, [Symbol.dispose]: () => rmSync(parent, { recursive: true, force: true }) }
}
