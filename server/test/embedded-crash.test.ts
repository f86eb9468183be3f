import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import fs, { existsSync } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, mock } from 'node:test'
import { openTestDatabase } from './database.ts'
import { signUp, type Door } from './people.ts'
import { findPrograms } from './programs.ts'
import { runServerUntil } from './run-program.ts'
import { startServerProcess } from './server-process.ts'
import { expectAll, newLedger, writeMany } from './writers.ts'

// Not a copy of the template: what is tested is how the database comes to be.
const embedded = { DATABASE_URL: '', REDIS_URL: '' }

describe('the embedded database', () => {
  it('comes up after its first start was killed at whatever stage', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const settings = { ...embedded, DATA_DIR: folder.path }
    const has = (name: string) => existsSync(join(folder.path, name))

    await runServerUntil(settings, () => has('db.unfinished/global'))
    await runServerUntil(settings, () => has('db'))
    await runServerUntil(settings, (output) => output.includes('brought up to date'))
    await using server = await startServerProcess(settings)
    await signUp(server)
  })

  it('has a commit on the disk before it is answered', async () => {
    await using database = await openTestDatabase()
    await database.pool.query('create table things (id integer)')
    const fsync = mock.method(fs, 'fsyncSync')
    syncBuiltinESMExports()
    for (let id = 0; id < 10; id++) {
      await database.pool.query('insert into things values ($1)', [id])
      assert.equal(fsync.mock.callCount(), id + 1)
    }
    fsync.mock.restore()
    syncBuiltinESMExports()
  })

  const [prlimit] = findPrograms(['prlimit'])
  const skip = prlimit ? false : 'prlimit was not found, which can make a disk look full'
  it('ends when its disk is full, and has every answered write afterwards', { skip }, async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const settings = { ...embedded, DATA_DIR: folder.path }
    await using first = await startServerProcess(settings)
    let server = first
    const door: Door = { inject: (call) => server.inject(call), mailbox: first.mailbox }
    const owner = await signUp(door)
    const ledger = newLedger()
    await writeMany(door, owner, ledger, (answers) => {
      if (answers === 20) execFileSync(prlimit ?? '', [`--pid=${server.pid}`, '--fsize=4096'])
      return true
    })
    await server.ended
    assert.match(server.output(), /the embedded database cannot go on: is the disk full\?/)

    server = await startServerProcess(first.settings)
    await expectAll(owner, ledger)
    await server.end('SIGTERM')
  })
})
