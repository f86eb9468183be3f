import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cp, mkdtempDisposable, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import { openTestDatabase } from '../../test/database.ts'
import { keepLog } from '../../test/log.ts'
import { startPostgres, type TestPostgres } from '../../test/postgres.ts'
import { bareEnvironment } from '../../test/programs.ts'
import { secretKey } from '../../test/settings.ts'
import { until } from '../../test/until.ts'
import { createJobs } from '../jobs/jobs.ts'
import { openDatabase, type Database } from './database.ts'
import { migrate, newMigration } from './migrate.ts'

const ourFolder = fileURLToPath(new URL('../../migrations/', import.meta.url))
const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
const { log } = keepLog()

/** A copy of our migrations that a test may add to. */
async function copyMigrations(more: Record<string, string> = {}) {
  const folder = await mkdtempDisposable(join(tmpdir(), 'kith-migrations-'))
  await cp(ourFolder, folder.path, { recursive: true })
  for (const [name, text] of Object.entries(more)) await writeFile(join(folder.path, name), text)
  return Object.assign(folder, { url: pathToFileURL(`${folder.path}/`) })
}

async function migrationsIn(db: Database) {
  const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(
    db,
  )
  return rows.map(({ name }) => name)
}

describe('migrations', () => {
  it('have nothing to do in a database that is up to date', async () => {
    await using database = await openTestDatabase()
    assert.deepEqual(await migrate(database.db), [])
    const files = (await readdir(ourFolder)).map((file) => file.replace('.sql', '')).sort()
    assert.deepEqual(await migrationsIn(database.db), files)
  })

  it('apply only what is new, in the order of the numbers', async () => {
    await using database = await openTestDatabase()
    await using folder = await copyMigrations({
      '9002-second.sql': 'alter table things add column colour text;',
      '9001-first.sql': 'create table things (id integer);\ninsert into things values (1);',
      'notes.txt': 'not a migration',
    })
    assert.deepEqual(await migrate(database.db, folder.url), ['9001-first', '9002-second'])
    const { rows } = await sql`select id, colour from things`.execute(database.db)
    assert.deepEqual(rows, [{ id: 1, colour: null }])
    assert.deepEqual(await migrate(database.db, folder.url), [])
  })

  it('leave nothing behind when one of them fails', async () => {
    await using database = await openTestDatabase()
    const before = await migrationsIn(database.db)
    await using folder = await copyMigrations({
      '9001-good.sql': 'create table things (id integer);',
      '9002-bad.sql': 'alter table no_such_table add column colour text;',
    })
    await assert.rejects(migrate(database.db, folder.url), /no_such_table/)
    assert.deepEqual(await migrationsIn(database.db), before)
    await assert.rejects(sql`select * from things`.execute(database.db), /things/)
  })

  it('refuse a database that is newer than the program, by name', async () => {
    await using database = await openTestDatabase()
    await sql`insert into migrations (name) values ('9001-from-the-future')`.execute(database.db)
    await assert.rejects(
      migrate(database.db),
      /made by a newer Kith \(9001-from-the-future\)\. Update Kith first\./,
    )
  })
})

describe('migrations on PostgreSQL', () => {
  let postgres: TestPostgres
  before(async () => {
    postgres = await startPostgres()
  })
  after(() => postgres[Symbol.asyncDispose]())

  it('are applied once when several processes start at once', async () => {
    await postgres.run('create database kith')
    const env = {
      ...bareEnvironment(),
      DATABASE_URL: postgres.url('kith'),
      SECRET_KEY: secretKey,
    }
    const outputs = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const { stdout } = await promisify(execFile)(process.execPath, [cli, 'migrate'], { env })
        return stdout.trim()
      }),
    )
    const [applied, ...others] = outputs.sort((a, b) => b.length - a.length)
    assert.match(applied ?? '', /^Applied 0001-accounts, 0002-contacts/)
    assert.deepEqual(new Set(others), new Set(['Already up to date.']))
  })

  it('wait for another process longer than a statement may take', async () => {
    const databaseUrl = `${postgres.url('postgres')}?statement_timeout=200`
    await using folder = await copyMigrations({ '9001-slow.sql': 'select pg_sleep(1);' })
    await using one = openDatabase(databaseUrl, log)
    await using two = openDatabase(databaseUrl, log)
    const first = migrate(one.db, folder.url)
    await until('the migration to be under way', async () => {
      const { rowCount } = await two.pool.query(
        "select 1 from pg_stat_activity where query = 'select pg_sleep(1);' and state = 'active'",
      )
      return rowCount === 1
    })
    assert.deepEqual(await migrate(two.db, folder.url), [])
    assert.equal((await first).at(-1), '9001-slow')
  })

  it('carry jobs that wait under the old name of a queue into the new one', async () => {
    await postgres.run('create database older')
    await using database = openDatabase(postgres.url('older'), log)
    await using folder = await copyMigrations()
    const later = (await readdir(folder.path)).filter((name) => name >= '0005')
    for (const name of later) await rm(join(folder.path, name))
    await migrate(database.db, folder.url)
    const data = { ownerId: randomUUID(), labelId: randomUUID(), actorId: randomUUID() }
    await sendAsBefore(postgres.url('older'), 'tell-contacts', data)

    assert.deepEqual(
      await migrate(database.db),
      later.map((name) => name.replace('.sql', '')),
    )
    const jobs = createJobs(database, log)
    const carried = Promise.withResolvers<object>()
    await jobs.start({
      mail: async () => {},
      'remove-avatar': async () => {},
      'propagate-label': async (job) => carried.resolve(job),
      import: async () => {},
      reproject: async () => {},
      cleanup: async () => {},
    })
    assert.deepEqual(await carried.promise, { ...data, via: 'api' })
    await jobs.stop()
  })
})

/** Queues a job as an older version did: in a queue that is none of today's. */
async function sendAsBefore(url: string, queue: string, data: object): Promise<void> {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false })
  await boss.start()
  await boss.createQueue(queue, { retryLimit: 10_000, retryDelay: 1, heartbeatSeconds: 30 })
  await boss.send(queue, data)
  await boss.stop()
}

describe('the next migration', () => {
  it('has the next number and a name made of the given words', async () => {
    await using folder = await copyMigrations({ '0041-labels.sql': '' })
    assert.equal(
      await newMigration('  Add Labels, again! ', folder.url),
      'migrations/0042-add-labels-again.sql',
    )
    assert.equal(await newMigration('x', folder.url), 'migrations/0043-x.sql')
    assert.match(await readFile(join(folder.path, '0042-add-labels-again.sql'), 'utf8'), /^-- /)
  })

  it('is the first one in an empty folder', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-migrations-'))
    const url = pathToFileURL(`${folder.path}/`)
    assert.equal(await newMigration('accounts', url), 'migrations/0001-accounts.sql')
  })

  it('needs a name', async () => {
    await using folder = await copyMigrations()
    await assert.rejects(newMigration(' ?! ', folder.url), /Give the migration a name/)
    assert.deepEqual((await readdir(folder.path)).sort(), (await readdir(ourFolder)).sort())
  })
})
