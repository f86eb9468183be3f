import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, mkdir, mkdtempDisposable, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { logIn, signUp } from './people.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'
import { run, runServer, runServerUntil } from './run-program.ts'
import { startServerProcess } from './server-process.ts'
import { secretKey, type Settings } from './settings.ts'
import { until } from './until.ts'

const nowhere = 'postgres://kith@127.0.0.1:1/kith'
const newFolder = () => mkdtempDisposable(join(tmpdir(), 'kith-data-'))

/** Starts a server that must give up with a sentence that matches, and no stack. */
async function expectRefusal(settings: Settings, sentence: RegExp) {
  const { code, output } = await runServer(settings)
  assert.match(output, sentence)
  assert.doesNotMatch(output, /^\s+at /m)
  assert.equal(code, 1)
}

describe('a start on the embedded database', () => {
  it('is refused while another process has the data folder, which goes on', async () => {
    await using first = await startServerProcess()
    const ada = await signUp(first)
    await expectRefusal(first.settings, /^Another Kith uses the data folder \S+\. Stop it first/)
    assert.equal((await ada.get('/api/contacts')).statusCode, 200)
  })

  it('works at once after the process before it was killed', async () => {
    await using first = await startServerProcess()
    await first.end('SIGKILL')
    await using _again = await startServerProcess(first.settings)
  })

  it('makes a secret once, which only its owner can read', async () => {
    await using first = await startServerProcess({ SECRET_KEY: '' })
    const file = join(first.settings.DATA_DIR, 'secret')
    const secret = await readFile(file, 'utf8')
    assert.match(secret, /^[0-9a-f]{64}\n$/)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    const { tokens } = await signUp(first)
    await first.end('SIGTERM')

    await using again = await startServerProcess(first.settings)
    assert.equal(await readFile(file, 'utf8'), secret)
    const headers = { authorization: `Bearer ${tokens.access_token}` }
    const answer = await again.inject({ method: 'GET', url: '/api/users/me', headers })
    assert.equal(answer.statusCode, 200)
  })
})

describe('a start gives up, and says why in a sentence,', () => {
  it('when DATABASE_URL comes without a key, or with one that is short or known', async () => {
    for (const key of ['', 'abcdef', '0123456789abcdef'.repeat(4), 'change-me-please-'.repeat(3)]) {
      await expectRefusal({ DATABASE_URL: nowhere, SECRET_KEY: key }, /^- SECRET_KEY /m)
    }
  })

  it('when the data folder cannot be one', async () => {
    await using folder = await newFolder()
    const file = join(folder.path, 'file')
    await writeFile(file, '')
    const unusable = [file, join(file, 'below')]
    // Root may write anywhere.
    if (process.getuid?.() !== 0) {
      const readOnly = join(folder.path, 'read-only')
      await mkdir(readOnly)
      await chmod(readOnly, 0o500)
      unusable.push(readOnly)
    }
    for (const DATA_DIR of unusable) {
      await expectRefusal({ DATA_DIR }, /^DATA_DIR: the folder \S+ cannot be used: /)
    }
  })

  it('when another program listens on its port', async () => {
    await using folder = await newFolder()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const PORT = typeof address === 'object' ? String(address?.port) : ''
    const sentence = new RegExp(
      `^Cannot listen on port ${PORT} of 127\\.0\\.0\\.1 .*: another`,
      'm',
    )
    await expectRefusal({ DATA_DIR: folder.path, PORT }, sentence)
    other.close()
  })
})

/** Makes PostgreSQL ask the role `kith` for a password, from its next start on. */
async function demandPassword(postgres: TestPostgres) {
  await postgres.run(`do $$ begin
    execute format('copy (values (%L), (%L)) to %L',
      'host all kith all scram-sha-256', 'host all all all trust', current_setting('hba_file'));
  end $$`)
  await postgres.stop()
  await postgres.start()
}

describe('a start on PostgreSQL', () => {
  let postgres: TestPostgres
  let folder: Awaited<ReturnType<typeof newFolder>>
  const settingsFor = (url: string) => {
    return { DATABASE_URL: url, SECRET_KEY: secretKey, REDIS_URL: '', DATA_DIR: folder.path }
  }
  before(async () => {
    postgres = await startPostgres()
    folder = await newFolder()
  })
  after(async () => {
    await postgres[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  it('may be that of several processes at once, on an empty database', async () => {
    await postgres.run('create database empty')
    const settings = settingsFor(postgres.url('empty'))
    await using stack = new AsyncDisposableStack()
    const servers = await Promise.all(
      Array.from({ length: 3 }, async () => stack.use(await startServerProcess(settings))),
    )
    const [one, ...others] = servers
    assert.ok(one)
    const ada = await signUp(one)
    for (const other of others) await logIn(other, ada)
  })

  // Concurrent, since they mostly wait.
  describe('where there is none yet,', { concurrency: true }, () => {
    it('waits for a database that is started after it', async () => {
      await using late = await startPostgres()
      await late.stop()
      let starting: Promise<void> | undefined
      await runServerUntil(settingsFor(late.url('postgres')), (output) => {
        if (output.includes('waiting for the database')) starting ??= late.start()
        return output.includes('Kith is ready')
      })
      await starting
    })

    it('gives up when there is no database after half a minute', async () => {
      await expectRefusal(
        settingsFor(nowhere),
        /waiting for the database, \d+ s at most.*waiting for the database, \d+ s at most.*^DATABASE_URL: the database cannot be used: connect/ms,
      )
    })

    it('can be broken off while it waits', async () => {
      await using program = run('main', [], settingsFor(nowhere))
      await until('the wait', () => program.output().includes('waiting for the database'), 60_000)
      program.signal('SIGTERM')
      assert.equal(await program.ended, 1)
    })
  })

  it('gives up at once where the database does not let it in or work', async () => {
    await postgres.run('create role stranger login')
    const url = postgres.url('postgres').replace('postgres@', 'stranger@')
    await expectRefusal(settingsFor(url), /^The database refuses .*: permission denied for/m)
    await demandPassword(postgres)
    const forgotten = postgres.url('postgres').replace('postgres@', 'kith@')
    const sentence = /^DATABASE_URL: .*: it asks for a password, and the URL has none\.$/m
    await expectRefusal(settingsFor(forgotten), sentence)
    const missing = settingsFor(postgres.url('missing'))
    await expectRefusal(missing, /^DATABASE_URL: .*: database "missing" does not exist\.$/m)
  })
})
