// Builds the web app into web/dist, all or nothing: a server that starts meanwhile finds the old one or
// the new one.
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { compressFolder } from './compress.ts'
import { serviceWorker } from './service-worker.ts'
import { fingerprintOfSources } from './sources.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

const fingerprint = fingerprintOfSources()
// Beside its destination, since only within one file system a rename is one step.
const outDir = await mkdtemp(join(root, 'dist-'))
try {
  await build({
    root,
    logLevel: 'warn',
    plugins: [serviceWorker(outDir)],
    build: { outDir, emptyOutDir: true },
  })
  await compressFolder(outDir)
  await writeFile(join(outDir, '.sources'), fingerprint)
  // The server may run as somebody else.
  await chmod(outDir, 0o755)
  await rm(dist, { recursive: true, force: true })
  await rename(outDir, dist)
} finally {
  await rm(outDir, { recursive: true, force: true })
}
