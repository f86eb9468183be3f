import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import {
  mkdir,
  mkdtempDisposable,
  readdir,
  readFile,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { after, before, describe, it } from 'node:test'
import yazl from 'yazl'
import { uploadPicture } from '../../test/avatars.ts'
import { provideBackends } from '../../test/backends.ts'
import { fetchCalendar, subscribe } from '../../test/calendars.ts'
import { phoneCard } from '../../test/cards.ts'
import { changesOf } from '../../test/changes.ts'
import { importFile, imported } from '../../test/imports.ts'
import { partitionByOwner } from '../../test/partitions.ts'
import { expectStatus, logIn, newAccount, type Person } from '../../test/people.ts'
import { runSql, startPostgres, type TestPostgres } from '../../test/postgres.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer, type TestServer } from '../../test/server.ts'
import type { Settings } from '../../test/settings.ts'
import { until } from '../../test/until.ts'
import { newLedger, writeMany } from '../../test/writers.ts'
import { storeInvite } from '../accounts/invites.ts'
import { createAccount } from '../accounts/sign-up.ts'
import { readConfig } from '../config.ts'
import { openDatabase, inTransaction } from '../db/database.ts'
import { migrateIn, migrationNames } from '../db/migrate.ts'
import { openSource } from '../db/source.ts'
import { createLogger } from '../log.ts'
import { OperatorError } from '../operator-error.ts'
import type { OpenBy } from '../services.ts'
import { restoreBackup } from './restore-backup.ts'
import { listTables } from './tables.ts'
import { writeBackup } from './write-backup.ts'

const log = createLogger('silent')
const quiet = () => {}

let home: Awaited<ReturnType<typeof mkdtempDisposable>>
let postgres: TestPostgres
before(async () => {
  home = await mkdtempDisposable(join(tmpdir(), 'kith-backup-'))
  postgres = await startPostgres()
})
after(async () => {
  await postgres[Symbol.asyncDispose]()
  await home[Symbol.asyncDispose]()
})

let targets = 0

/** The settings of an installation that has nothing yet. */
async function newTarget(kind: 'embedded' | 'postgres'): Promise<Settings> {
  const number = ++targets
  const settings = { RATE_LIMITS: 'off', DATA_DIR: join(home.path, `target-${number}`) }
  if (kind === 'embedded') return settings
  await postgres.run(`create database target_${number}`)
  const DATABASE_URL = postgres.url(`target_${number}`)
  return { ...settings, DATABASE_URL, SECRET_KEY: randomBytes(32).toString('hex') }
}

async function open(settings: Settings) {
  const config = readConfig(settings)
  const stack = new AsyncDisposableStack()
  const { url } = stack.use(await openSource(config, log))
  const database = stack.use(openDatabase(url, log, { isPatient: true }))
  return { database, config, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

async function backUp(settings: Settings, file: string) {
  await using source = await open(settings)
  return await writeBackup(source, file, quiet)
}

const restore = (settings: Settings, file: string) =>
  restoreBackup(readConfig(settings), file, log, quiet)

/** Every row of every table, in an order of its own, but for the epochs, which a restore renews. */
async function rowsOf(settings: Settings): Promise<Record<string, string[]>> {
  await using source = await open(settings)
  const { pool, read } = source.database
  const rows: Record<string, string[]> = {}
  for (const table of await listTables(read)) {
    const answer = await pool.query<{ line: string }>(
      `select row_to_json(t)::text as line from "${table}" t`,
    )
    rows[table] = answer.rows.map(({ line }) => line.replace(/,"epoch":\d+/, '')).sort()
  }
  return rows
}

/** The tables of owners in parts, each of which counts its rows from the first place. */
const openInParts: OpenBy = async (...where) => {
  const database = openDatabase(...where)
  await partitionByOwner(database.pool)
  return database
}

async function newPerson(server: TestServer): Promise<Person> {
  const account = newAccount()
  await createAccount(server.services, account)
  return logIn(server, account)
}

/** Somebody whose book has something of everything. */
async function newOwner(server: TestServer): Promise<Person> {
  const owner = await newPerson(server)
  await uploadPicture(owner)
  await owner.patch('/api/users/me/preferences', { theme: 'dark', region: 'UA' })
  const { id: label } = (await owner.post('/api/labels', { name: 'Friends' })).json()
  const add = async (contact: object) => {
    const answer = await owner.post('/api/contacts', contact)
    expectStatus(answer, 201)
    return `/api/contacts/${answer.json().id}`
  }
  const zoe = await add({
    first_name: 'Zoë\u2028\\ "\t',
    last_name: '平',
    birthday: '--02-29',
    additional_data: `two\nlines, and ${'more '.repeat(1_000)}`,
    label_ids: [label],
    custom_fields: [{ label: null, value: '\u{1f9d1}' }],
  })
  expectStatus(await owner.patch(zoe, { nickname: 'Z' }), 200)
  expectStatus(await owner.delete(await add({ first_name: 'Gone' })), 204)
  const { created } = await imported(owner, phoneCard.repeat(2))
  assert.ok(created > 0)
  await imported(owner, 'First Name,Birthday\nAda,1815-12-10\nBad,1815-99-99\n', { name: 'a.csv' })
  expectStatus(await owner.patch(`/api/labels/${label}`, { name: 'Pals' }), 200)
  return owner
}

const paths = [
  '/api/users/me',
  '/api/users/me/preferences',
  '/api/contacts?view=full&limit=100',
  '/api/contacts?q=pals',
  '/api/labels',
  '/api/trash',
  '/api/imports',
  '/api/export?format=vcf',
  '/api/export?format=csv',
  '/api/users/me/calendar',
  '/api/auth/sessions',
]

/** What a server answers to somebody who logged in at another one. */
async function answersTo({ tokens }: Person, server: TestServer) {
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  const get = (url: string) => server.inject({ method: 'GET', url, headers })
  const answers: Record<string, unknown> = {}
  const contacts = (await get('/api/contacts?limit=100')).json<{ id: string }[]>()
  for (const path of [...paths, ...contacts.map(({ id }) => `/api/contacts/${id}/history`)]) {
    const { statusCode, headers, body } = await get(path)
    assert.equal(statusCode, 200, `${path}: ${body}`)
    answers[path] = { etag: headers['etag'], body: body.replaceAll(/"last_seen_at":"[^"]*"/g, '') }
  }
  const { avatar } = (await get('/api/users/me')).json<{ avatar: string }>()
  const picture = await server.inject(new URL(avatar).pathname)
  assert.equal(picture.statusCode, 200)
  answers['avatar'] = picture.rawPayload.toString('base64')
  return answers
}

describe('a backup of a filled installation', () => {
  for (const way of [['postgres', 'embedded'], ['embedded']] as const) {
    it(`is the same after a restore: ${way.join(', and from there ')}`, async () => {
      await using source = await provideBackends({ SMTP_URL: 'smtp://127.0.0.1:9' }, false)
      const people: Person[] = []
      const answers: object[] = []
      const calendars: { path: string; body: string; etag: unknown }[] = []
      {
        await using server = await startServer(source.settings)
        for (const _ of [1, 2]) people.push(await newOwner(server))
        await newPerson(server)
        await storeInvite(server.services.db, 'guest@example.org')
        const email = people[0]?.email
        await server.inject({
          method: 'POST',
          url: '/api/auth/forgot_password',
          payload: { email },
        })
        for (const person of people) {
          const path = await subscribe(person)
          const { body, headers } = await fetchCalendar(server, path)
          calendars.push({ path, body, etag: headers['etag'] })
          answers.push(await answersTo(person, server))
        }
      }
      const rows = await rowsOf(source.settings)
      assert.ok(Object.values(rows).filter(({ length }) => length > 0).length >= 12)

      let settings: Settings = source.settings
      for (const kind of way) {
        const file = join(home.path, `${kind}-${targets}.backup`)
        const manifest = await backUp(settings, file)
        assert.equal(manifest.jobs.lines, 1, 'the mail that could not be sent')
        assert.equal((await stat(file)).mode & 0o777, 0o600)
        settings = await newTarget(kind)
        await restore(settings, file)
        assert.deepEqual(await rowsOf(settings), rows)
      }

      // By the secret of the backup, those who were logged in still are.
      await using restored = await startServer({ ...settings, DATABASE_URL: '', REDIS_URL: '' })
      for (const [index, person] of people.entries()) {
        assert.deepEqual(await answersTo(person, restored), answers[index])
      }
      for (const { path, body, etag } of calendars) {
        assert.match(body, /\bBEGIN:VEVENT\b/)
        const answer = await fetchCalendar(restored, path)
        assert.equal(answer.body, body)
        // Revisions begin again at those of the backup, with other changes than before.
        assert.notEqual(answer.headers['etag'], etag)
      }
      await restored.mailbox.next({ to: people[0]?.email ?? '', subject: /new password/ })
    })
  }

  it('keeps large rows apart that have the same place in several parts of a table', async () => {
    await using source = await provideBackends({}, false)
    {
      await using server = await startServer(source.settings, { open: openInParts })
      const { pool } = server.services.database
      for (const _ of [1, 2, 3, 4, 5, 6]) {
        const owner = await newPerson(server)
        expectStatus(await owner.post('/api/contacts', { first_name: 'Ada' }), 201)
      }
      await pool.query(
        `insert into contact_cards (owner_id, contact_id, version, card)
        select owner_id, id, '3.0', owner_id || repeat('x', 100000) from contacts`,
      )
    }
    const rows = await rowsOf(source.settings)
    assert.equal(rows['contact_cards']?.length, 6)
    const file = join(home.path, 'parts.backup')
    await backUp(source.settings, file)
    const settings = await newTarget('embedded')
    await restore(settings, file)
    assert.deepEqual(await rowsOf(settings), rows)
  })

  it('holds nothing that a sequence would have to go on behind', async () => {
    await using source = await provideBackends({}, false)
    await using server = await startServer(source.settings)
    const { rows } = await server.services.database.pool.query(
      'select sequencename from pg_sequences where schemaname = current_schema()',
    )
    assert.deepEqual(rows, [])
  })
})

describe('a backup of a server that goes on', () => {
  it('is one moment of it, under writes, and takes its unfinished work along', async () => {
    await using source = await provideBackends({}, false)
    await using server = await startServer(source.settings)
    const owner = await newPerson(server)
    const importing = await newPerson(server)
    const cards = Array.from({ length: 300 }, (_, number) =>
      phoneCard.replace('Grace', `Grace ${number}`).replace('6F1C2D5E', `${10_000_000 + number}`),
    )
    const ledger = newLedger()
    await writeMany(server, owner, ledger, (answers) => answers < 20)
    const answered = [...ledger.contacts.keys()]
    const { next: since } = await changesOf(owner)

    let isDone = false
    const writing = writeMany(server, owner, newLedger(), () => !isDone)
    expectStatus(await importFile(importing, cards.join('')), 202)
    const file = join(home.path, 'running.backup')
    const { services } = server
    await using patient = services.config.databaseUrl ? await open(source.settings) : null
    await writeBackup(patient ?? services, file, quiet)
    isDone = true
    await writing

    const settings = await newTarget('embedded')
    await restore(settings, file)
    await using restored = await startServer({ ...settings, DATABASE_URL: '', REDIS_URL: '' })
    const { pool } = restored.services.database
    const { rows: owners } = await pool.query(
      `select owners.modseq, (
        select max(modseq) from (
          select modseq from contacts where owner_id = owners.id
          union all select modseq from tombstones where owner_id = owners.id
        ) changes
      ) as last from owners where id = (select id from users where email = $1)`,
      [owner.email],
    )
    assert.ok(owners[0].modseq > 0)
    assert.equal(owners[0].modseq, owners[0].last)
    const { rows: kept } = await pool.query('select id from contacts where id = any ($1)', [
      answered,
    ])
    assert.equal(kept.length, answered.length)

    const stale = await restored.inject({
      method: 'GET',
      url: `/api/changes?since=${since}`,
      headers: { authorization: `Bearer ${owner.tokens.access_token}` },
    })
    expectProblem(stale, 410, 'sync_token_expired')

    const headers = { authorization: `Bearer ${importing.tokens.access_token}` }
    await until(
      'the import to be finished here',
      async () => {
        const [row] = (
          await restored.inject({ method: 'GET', url: '/api/imports', headers })
        ).json()
        return row.state === 'done' && row.created === cards.length
      },
      90_000,
    )
  })
})

describe('a restore', () => {
  let file: string
  before(async () => {
    await using source = await provideBackends({}, false)
    file = join(home.path, 'small.backup')
    await using server = await startServer(source.settings)
    const owner = await newPerson(server)
    await uploadPicture(owner)
    const { services } = server
    await using patient = services.config.databaseUrl ? await open(source.settings) : null
    await writeBackup(patient ?? services, file, quiet)
  })

  async function refuses(settings: Settings, of: string, sentence: RegExp) {
    await assert.rejects(restore(settings, of), (error) => {
      assert.ok(error instanceof OperatorError, String(error))
      assert.match(error.message, sentence)
      return true
    })
  }

  it('refuses a data folder that is not empty, and touches nothing in it', async () => {
    const settings = await newTarget('embedded')
    await mkdir(settings['DATA_DIR'] ?? '')
    await writeFile(join(settings['DATA_DIR'] ?? '', 'mine'), 'mine')
    await refuses(settings, file, /is not empty/)
    assert.deepEqual(await readdir(settings['DATA_DIR'] ?? ''), ['mine'])
  })

  it('refuses a database that has tables', async () => {
    const settings = await newTarget('postgres')
    await runSql(settings['DATABASE_URL'] ?? '', 'create table mine (number integer)')
    await refuses(settings, file, /this one has tables \(mine\)/)
  })

  it('refuses what is no backup, or a damaged one, before it makes anything', async () => {
    const bytes = await readFile(file)
    const settings = await newTarget('embedded')
    const bad = join(home.path, 'bad.backup')
    const isUntouched = () => readdir(settings['DATA_DIR'] ?? '').catch(() => 'not there')

    await refuses(settings, join(home.path, 'none'), /^There is no file/)
    await writeFile(bad, 'a text')
    await refuses(settings, bad, /is not a backup of Kith/)
    await writeFile(bad, bytes)
    await truncate(bad, bytes.length - 100)
    await refuses(settings, bad, /is not a backup of Kith/)
    const at = bytes.indexOf('avatars.ndjson') + 60
    await writeFile(bad, bytes.with(at, (bytes[at] ?? 0) ^ 0xff))
    await refuses(settings, bad, /is damaged: avatars\.ndjson/)
    assert.equal(await isUntouched(), 'not there')
  })

  it('refuses the backup of a newer Kith', async () => {
    const newer = join(home.path, 'newer.backup')
    const manifest = {
      format: 'kith-backup',
      format_version: 1,
      kith: '9.0.0',
      migrations: ['9999-x'],
    }
    for (const changes of [{}, { format_version: 2 }]) {
      const zip = new yazl.ZipFile()
      zip.addBuffer(Buffer.from(JSON.stringify({ ...manifest, ...changes })), 'manifest.json')
      zip.addBuffer(Buffer.from('00'), 'secret')
      zip.end()
      await pipeline(zip.outputStream as Readable, createWriteStream(newer))
      await refuses(await newTarget('embedded'), newer, /made by a newer Kith \(9\.0\.0/)
    }
  })

  it('brings the tables of an older backup up to date', async () => {
    const old = await newTarget('embedded')
    const backup = join(home.path, 'old.backup')
    const known = await migrationNames()
    {
      await using source = await open(old)
      await inTransaction(source.database.db, (trx) => migrateIn(trx, undefined, known.slice(0, 4)))
      await source.database.pool.query(
        `insert into users (id, username, email, password_hash)
        values (gen_random_uuid(), 'Ada', 'ada@example.org', 'x')`,
      )
      assert.deepEqual((await writeBackup(source, backup, quiet)).migrations, known.slice(0, 4))
    }
    const target = await newTarget('embedded')
    await restore(target, backup)
    await using restored = await open(target)
    const { pool } = restored.database
    const { rows } = await pool.query('select name from migrations order by name')
    assert.deepEqual(
      rows.map(({ name }) => name),
      known,
    )
    assert.equal((await pool.query('select from users')).rowCount, 1)
  })

  it('leaves out the picture of a user that was not there any more', async () => {
    await using source = await provideBackends({}, false)
    await using server = await startServer(source.settings)
    const owner = await newPerson(server)
    await uploadPicture(owner)
    const { services } = server
    await services.database.write(`update users set avatar_key = repeat('0', 32)`, [])
    const backup = join(home.path, 'no-picture.backup')
    await using patient = services.config.databaseUrl ? await open(source.settings) : null
    await writeBackup(patient ?? services, backup, quiet)
    const target = await newTarget('embedded')
    await restore(target, backup)
    await using restored = await open(target)
    const { rows } = await restored.database.pool.query('select avatar_key, avatar_url from users')
    assert.deepEqual(rows, [{ avatar_key: null, avatar_url: null }])
  })
})

describe('writing a backup', () => {
  it('leaves nothing behind where it cannot be written, and says why', async () => {
    await using backends = await provideBackends({}, false)
    await using source = await open(backends.settings)
    const file = join(home.path, 'not-there', 'kith.backup')
    await assert.rejects(
      writeBackup(source, file, quiet),
      /cannot be written: its folder is not there/,
    )
  })

  it('replaces a file only by one that was checked', async () => {
    const file = join(home.path, 'nightly.backup')
    await writeFile(file, 'of yesterday')
    await using backends = await provideBackends({}, false)
    await using source = await open(backends.settings)
    const { pool } = source.database
    await pool.query('alter table users rename column avatar_key to key')
    await assert.rejects(writeBackup(source, file, quiet), /avatar_key/)
    assert.equal(await readFile(file, 'utf8'), 'of yesterday')
    assert.ok(!(await readdir(home.path)).includes('nightly.backup.partial'))
    await pool.query('alter table users rename column key to avatar_key')
    await writeBackup(source, file, quiet)
    assert.equal((await readFile(file)).subarray(0, 2).toString(), 'PK')
  })
})
