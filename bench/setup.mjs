// Installs the benchmark's own two libraries, on any Node ≥ 18, when its lock file has changed.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('./', import.meta.url)
const isWindows = process.platform === 'win32'

if (!isInstalled()) {
  console.log("Installing the benchmark's own dependencies …")
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  execFileSync(isWindows ? 'npm.cmd' : 'npm', args, {
    cwd: fileURLToPath(folder),
    stdio: 'inherit',
    shell: isWindows,
  })
}

/** npm writes its own lock file into node_modules last, so a broken-off install has none. */
function isInstalled() {
  const installed = readPackages('node_modules/.package-lock.json')
  return Object.entries(readPackages('package-lock.json'))
    .filter(([path, { optional }]) => path !== '' && !optional)
    .every(([path, { version }]) => installed[path]?.version === version)
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(new URL(file, folder), 'utf8')).packages
  } catch {
    return {}
  }
}
