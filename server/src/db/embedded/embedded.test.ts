import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { keepLog } from '../../../test/log.ts'
import { startProgram } from '../../../test/programs.ts'
import { until } from '../../../test/until.ts'
import { OperatorError } from '../../operator-error.ts'
import { findAddress, lockFiles, postmasterOf } from './address.ts'
import { clusterFolder } from './cluster.ts'
import { joinEmbedded, startEmbedded } from './embedded.ts'
import { findPrograms } from './programs.ts'

const isRoot = process.getuid?.() === 0
const { log } = keepLog()

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query({ text, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

describe('the embedded PostgreSQL', () => {
  const resources = new AsyncDisposableStack()
  let made: string
  before(async () => {
    made = resources.use(await mkdtempDisposable(join(tmpdir(), 'kith-data-'))).path
    await using _ = await startEmbedded(made, log)
  })
  after(() => resources.disposeAsync())

  /** A data folder with a database that has run before. */
  async function copyFolder(deeper = '') {
    const folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const path = join(folder.path, deeper)
    cpSync(made, path, { recursive: true })
    return { ...folder, path }
  }

  async function expectRefusal(dataDir: string, sentence: RegExp) {
    await assert.rejects(
      startEmbedded(dataDir, log),
      (error) => error instanceof OperatorError && sentence.test(error.message),
    )
  }

  it('lets nobody in but its owner, who is not root, and Kith not as a superuser', async () => {
    await using folder = await copyFolder()
    await using embedded = await startEmbedded(folder.path, log)
    const cluster = clusterFolder(folder.path)
    const { mode, uid } = statSync(cluster)
    assert.equal(mode & 0o777, 0o700)
    assert.notEqual(uid, 0)
    assert.equal(statSync(`/proc/${postmasterOf(cluster)}`).uid, uid)
    assert.equal(await ask(embedded.url(), 'show listen_addresses'), '')
    assert.equal(
      await ask(embedded.url(), 'select rolsuper from pg_roles where rolname = current_user'),
      false,
    )
  })

  it('has a commit on the disk before it answers, texts in UTF-8, and no order but that of bytes', async () => {
    await using folder = await copyFolder()
    await using embedded = await startEmbedded(folder.path, log)
    for (const [setting, value] of [
      ['fsync', 'on'],
      ['synchronous_commit', 'on'],
      ['full_page_writes', 'on'],
      ['autovacuum', 'on'],
      ['server_encoding', 'UTF8'],
      ['timezone', 'UTC'],
    ]) {
      assert.equal(await ask(embedded.url(), `show ${setting}`), value)
    }
    const collation = 'select datcollate from pg_database where datname = current_database()'
    assert.equal(await ask(embedded.url(), collation), 'C')
  })

  it('may lie deeper than the path of a socket can say', async () => {
    await using folder = await copyFolder('deep/'.repeat(30))
    await using embedded = await startEmbedded(folder.path, log)
    assert.equal(await ask(embedded.url(), 'select 1'), 1)
    await using joined = await joinEmbedded(folder.path)
    assert.equal(await ask(joined.url(), 'select 2'), 2)
  })

  it('is started again when it was killed, at the same address', async () => {
    await using folder = await copyFolder()
    await using embedded = await startEmbedded(folder.path, log)
    const killed = postmasterOf(clusterFolder(folder.path)) ?? NaN
    process.kill(killed, 'SIGKILL')
    await until('another one', () => {
      const pid = postmasterOf(clusterFolder(folder.path))
      return pid !== undefined && pid !== killed
    })
    const answer = () => ask(embedded.url(), 'select 1').catch(() => undefined)
    assert.equal(await until('an answer', answer), 1)
  })

  it('is ended and started anew when the Kith before was killed', async () => {
    await using folder = await copyFolder()
    const module = JSON.stringify(new URL('embedded.ts', import.meta.url).href)
    const logger = JSON.stringify(new URL('../../log.ts', import.meta.url).href)
    const script = `
      import { startEmbedded } from ${module}
      import { createLogger } from ${logger}
      await startEmbedded(${JSON.stringify(folder.path)}, createLogger('silent'))
      console.log('started')`
    const args = ['--input-type=module', '--eval', script]
    const holder = await startProgram(process.execPath, args, /started/)
    await holder.end('SIGKILL')
    const orphan = postmasterOf(clusterFolder(folder.path))
    using address = findAddress(clusterFolder(folder.path))
    assert.equal(await address.answers(), true)

    await using embedded = await startEmbedded(folder.path, log)
    assert.equal(await ask(embedded.url(), 'select 1'), 1)
    // Of a process that has ended nothing is left but its number.
    assert.ok(!existsSync(`/proc/${orphan}/cwd`))
  })

  it('does not take another process for itself that has got its number', async (t) => {
    await using folder = await copyFolder()
    await (await startEmbedded(folder.path, log))[Symbol.asyncDispose]()
    const cluster = clusterFolder(folder.path)
    // Of its own user: it takes those of others for gone.
    const { uid, gid } = statSync(join(cluster, 'base', '1', 'PG_VERSION'))
    const other = spawn('sleep', ['600'], { uid, gid, stdio: 'ignore' })
    t.after(() => other.kill())
    for (const file of lockFiles(cluster)) {
      writeFileSync(file, `${other.pid}\n${cluster}\n1\n5432\n.\n\n1 1\nready\n`)
    }
    await using embedded = await startEmbedded(folder.path, log)
    assert.equal(await ask(embedded.url(), 'select 1'), 1)
  })

  it('belongs to whom its folder belongs, also when root runs it', { skip: !isRoot }, async () => {
    await using folder = await copyFolder()
    const cluster = clusterFolder(folder.path)
    assert.equal(statSync(cluster).uid, 0)
    await (await startEmbedded(folder.path, log))[Symbol.asyncDispose]()
    assert.notEqual(statSync(join(cluster, 'base', '1', 'PG_VERSION')).uid, 0)
  })

  it('is refused where the folder is of another version, or broken, and says what to do', async () => {
    await using folder = await copyFolder()
    const cluster = clusterFolder(folder.path)
    rmSync(join(cluster, 'global', 'pg_control'))
    await expectRefusal(folder.path, /cannot be opened: .*pg_control.* from a backup\.$/)
    writeFileSync(join(cluster, 'PG_VERSION'), '19\n')
    await expectRefusal(folder.path, /is of PostgreSQL 19, and this Kith embeds 18\./)
    rmSync(join(cluster, 'PG_VERSION'))
    await expectRefusal(folder.path, /is broken: it has no file PG_VERSION\. Bring/)
  })

  it('is refused where an earlier Kith kept its data, which stays as it is', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    mkdirSync(join(folder.path, 'db'))
    writeFileSync(join(folder.path, 'db', 'PG_VERSION'), '18\n')
    await expectRefusal(folder.path, /is of an earlier Kith, which embedded PGlite.* Export/)
    assert.ok(!existsSync(clusterFolder(folder.path)))
  })

  it('is refused on a system that it is not made for, which needs a server', async () => {
    await assert.rejects(findPrograms('linux', 'riscv64'), /\(linux-riscv64\).* set DATABASE_URL/)
  })
})
