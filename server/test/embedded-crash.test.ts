import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { postmasterOf } from '../src/db/embedded/address.ts'
import { clusterFolder } from '../src/db/embedded/cluster.ts'
import { signUp, type Door } from './people.ts'
import { findPrograms } from './programs.ts'
import { runServerUntil } from './run-program.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import { until } from './until.ts'
import { expectAll, newLedger, writeMany, type Ledger } from './writers.ts'

describe('the embedded database', () => {
  it('comes up after its first start was killed at whatever stage', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    // Not a copy of the template: what is tested is how the database comes to be.
    const settings = { DATABASE_URL: '', REDIS_URL: '', DATA_DIR: folder.path }
    const names = () => readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
    const unfinished = /^postgres\.unfinished-\w+\/global\//

    await runServerUntil(settings, () => names().some((name) => unfinished.test(name)))
    await runServerUntil(settings, () => existsSync(clusterFolder(folder.path)))
    await runServerUntil(settings, (output) => output.includes('brought up to date'))
    await using server = await startServerProcess(settings)
    await signUp(server)
    assert.deepEqual(
      names().filter((name) => unfinished.test(name)),
      [],
    )
  })

  it('has every answered write after it was killed, alone and together with the server', async () => {
    await using first = await startServerProcess()
    let server: ServerProcess = first
    const door: Door = { inject: (call) => server.inject(call), mailbox: first.mailbox }
    const owner = await signUp(door)
    const ledger = newLedger()
    const cluster = clusterFolder(first.settings.DATA_DIR)
    const killPostgres = () => process.kill(postmasterOf(cluster) ?? NaN, 'SIGKILL')

    for (const limit of [20, 50]) {
      await writeThrough(door, owner, ledger, limit, killPostgres)
      await expectAll(owner, ledger)
    }
    assert.ok(ledger.refusals > 0)
    assert.match(server.output(), /the embedded database ended: it is started again/)

    for (const limit of [15, 40]) {
      await writeMany(door, owner, ledger, (answers) => {
        if (answers !== limit) return true
        server.signal('SIGKILL')
        killPostgres()
        return false
      })
      await server.ended
      server = await startServerProcess(first.settings)
      await expectAll(owner, ledger)
    }
    await server.end('SIGTERM')
  })

  const [prlimit = ''] = findPrograms(['prlimit'])
  const skip = prlimit ? false : 'prlimit was not found, which can make a disk look full'
  it('waits for a disk that is full, and has every answered write then', { skip }, async () => {
    await using server = await startServerProcess()
    const owner = await signUp(server)
    const ledger = newLedger()
    const postmaster = postmasterOf(clusterFolder(server.settings.DATA_DIR)) ?? NaN
    const limitFiles = (bytes: string) => {
      for (const pid of [postmaster, ...childrenOf(postmaster)]) {
        // Only its own user may do that, and the first that cannot write ends all others.
        const user = statSync(`/proc/${pid}`, { throwIfNoEntry: false })
        if (user) spawnSync(prlimit, [`--pid=${pid}`, `--fsize=${bytes}:`], user)
      }
    }

    // Less than the write-ahead log has reached in its file of 16 MB, and more than any table has.
    const full = writeThrough(server, owner, ledger, 20, () => limitFiles(String(4 * 1024 * 1024)))
    await until('the disk to be full', () => ledger.refusals > 20, 60_000)
    limitFiles('unlimited')
    await full
    await expectAll(owner, ledger)
    const panics = server.output().match(/"level":50.*PANIC: .*/g) ?? []
    assert.deepEqual(
      panics.map((line) => line.includes('File too large')),
      [true],
    )
    // Between two attempts it may be back for a moment.
    const told = (what: string) => server.output().lastIndexOf(`the database is ${what}`)
    assert.ok(told('back') > told('away'))
    await server.end('SIGTERM')
  })
})

/** Writes until something that happened has passed, and some more. */
async function writeThrough(
  door: Door,
  owner: Awaited<ReturnType<typeof signUp>>,
  ledger: Ledger,
  limit: number,
  happen: () => void,
) {
  const before = ledger.refusals
  let after = 0
  await writeMany(door, owner, ledger, (answers) => {
    if (answers === limit) happen()
    if (ledger.refusals > before) after++
    return after < 30
  })
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number)
}
