// What `npm test` runs: everything once on the embedded PostgreSQL, those of the web app and its pages in
// Chromium (*.browser.test.ts) among it, then the tests of the whole server (*.server.test.ts) again as
// several processes have it: on a server of PostgreSQL, and on Redis, where the machine has them; and there
// those of what writes into books once more, step by step as in a distributed database.
// `npm test -- cache limits` runs only the files whose path contains one of these words.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, glob, mkdtempDisposable, readFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPythonCalendar } from './calendars.ts'
import { makeTemplate, startSharedCluster } from './database.ts'
import { findEvolution } from './evolution.ts'
import { findPostgres, startPostgres } from './postgres.ts'
import {
  findHeadlessChromium,
  findKhard,
  findRedis,
  findSyncevolution,
  findVdirsyncer,
} from './programs.ts'

/** The tests of what writes into books. */
const writers =
  /src\/(?:batch|history|imports|labels|merges|photos|trash)\/|src\/contacts\/(?:card-edits|create|etag|idempotency|labelled|whole)|src\/dav\/(?:cards|groups|writing)/
const serverFolder = fileURLToPath(new URL('..', import.meta.url))
const found = {
  PostgreSQL: findPostgres()?.folder,
  Redis: findRedis(),
  Chromium: findHeadlessChromium(),
  vdirsyncer: findVdirsyncer(),
  khard: findKhard(),
  SyncEvolution: findSyncevolution(),
  Evolution: findEvolution()?.dbus,
  'Python with icalendar': findPythonCalendar(),
}

// An interruption still leaves nothing behind: no folder, no server.
const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interruption.abort())

reportPrograms()
const failures: string[] = []
const passed = await runAll(process.argv.slice(2))
// Once more where it is read: below all the rest.
reportPrograms()
for (const failure of failures) console.log(`\n${failure}`)
process.exitCode = passed ? 0 : 1

async function runAll(words: string[]): Promise<boolean> {
  const files = await testFiles(words)
  const wholeServer = files.filter((file) => file.endsWith('.server.test.ts'))
  // All that tests write is below this folder, and goes with it.
  await using home = await mkdtempDisposable(join(tmpdir(), 'kith-test-'))
  // PostgreSQL may run as another user, who has to get through.
  await chmod(home.path, 0o711)
  process.env['TMPDIR'] = home.path
  const cluster = join(home.path, 'template')
  await using embedded = await startSharedCluster(join(home.path, 'shared'), cluster)
  const environment = {
    // Every file imports the same server: this halves what its start costs.
    NODE_COMPILE_CACHE: join(home.path, 'compiled'),
  }

  const passed = await runPass('on the embedded PostgreSQL', files, {
    ...environment,
    KITH_TEST_TEMPLATE: embedded.template,
    KITH_TEST_CLUSTER: cluster,
  })
  if (wholeServer.length === 0 || (!found.PostgreSQL && !found.Redis)) return passed

  await using postgres = await startPostgres()
  const servers = {
    ...environment,
    KITH_TEST_TEMPLATE: await makeTemplate(postgres),
    KITH_TEST_SERVERS: '1',
    ...(found.Redis && { KITH_TEST_REDIS: '1' }),
  }
  const backends = [found.PostgreSQL ? 'PostgreSQL' : 'the same by its URL', found.Redis && 'Redis']
  const where = `on ${backends.filter(Boolean).join(' and ')}`
  const passedAgain = await runPass(where, wholeServer, servers)
  const writing = wholeServer.filter((file) => writers.test(file))
  if (writing.length === 0) return passed && passedAgain
  const passedStepwise = await runPass(`${where}, step by step`, writing, {
    ...servers,
    KITH_TEST_STEPWISE: '1',
  })
  return passed && passedAgain && passedStepwise
}

function reportPrograms() {
  console.log()
  for (const [name, file] of Object.entries(found)) {
    console.log(`${name}: ${file ?? 'NOT FOUND, so what needs it is not covered'}`)
  }
}

async function testFiles(words: string[]): Promise<string[]> {
  const files = await Array.fromAsync(
    glob(
      [
        '{src,test}/**/*.test.ts',
        '../bench/{*,bulk/*}.test.ts',
        '../web/{src,build,test}/**/*.test.ts',
      ],
      { cwd: serverFolder },
    ),
  )
  const isWanted = (file: string) => words.length === 0 || words.some((word) => file.includes(word))
  const wanted = files.filter(isWanted).sort()
  if (wanted.length === 0)
    throw new Error(`no test file has one of these in its path: ${words.join(', ')}`)
  return wanted
}

async function runPass(title: string, files: string[], environment: NodeJS.ProcessEnv) {
  if (interruption.signal.aborted) return false
  console.log(`\n== ${files.length} files, ${title}\n`)
  const failed = join(tmpdir(), 'failed')
  const options = [
    '--test',
    '--test-timeout=300000',
    // One more than there are cores: tests also wait, for a time to pass or for other processes.
    `--test-concurrency=${availableParallelism() + 1}`,
    `--import=${new URL('leak-watch.ts', import.meta.url).href}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${new URL('failure-reporter.ts', import.meta.url).href}`,
    `--test-reporter-destination=${failed}`,
  ]
  const tests = spawn(process.execPath, [...options, ...files], {
    cwd: serverFolder,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  })
  interruption.signal.addEventListener('abort', () => tests.kill('SIGTERM'))
  const [code] = await once(tests, 'exit')
  const report = await readFile(failed, 'utf8')
  if (report) failures.push(`== failed ${title}\n\n${report}`)
  return code === 0
}
