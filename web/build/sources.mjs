// The fingerprint of all that the web app is built from. In JavaScript, since `scripts/setup.mjs` runs on
// any Node from 18 on.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Besides the folder `web`, the pure files of the server that both run, and the exact libraries. */
const sources = [
  'web/build',
  'web/public',
  'web/src',
  'web/account.html',
  'web/index.html',
  'web/package.json',
  'web/vite.config.ts',
  'server/src/birthdays',
  'server/src/book',
  'server/src/design',
  'server/src/imports/preview-size.ts',
  'server/package.json',
  'package-lock.json',
]

/** Where the build notes of which sources it is. */
export const fingerprintFile = join(root, 'web', 'dist', '.sources')

/** The hash of the sources as they are now. */
export function fingerprintOfSources() {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesBelow).filter(isBuilt)) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/** Whether `web/dist` is there and built from the sources as they are. */
export function isUpToDate() {
  try {
    return readFileSync(fingerprintFile, 'utf8') === fingerprintOfSources()
  } catch {
    return false
  }
}

function filesBelow(path) {
  try {
    const entries = readdirSync(join(root, path), { withFileTypes: true })
    return entries
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap(({ name }) => filesBelow(`${path}/${name}`))
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    if (error.code === 'ENOENT') return []
    throw error
  }
}

function isBuilt(file) {
  return !/\.test\.tsx?$/.test(file)
}
