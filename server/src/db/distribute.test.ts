import assert from 'node:assert/strict'
import { mkdtempDisposable, readFile, writeFile, cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { sql } from 'kysely'
import { openTestDatabase } from '../../test/database.ts'
import { keepLog } from '../../test/log.ts'
import { runSql, startPostgres, type TestPostgres } from '../../test/postgres.ts'
import { runCommand } from '../../test/run-program.ts'
import { secretKey, type Settings } from '../../test/settings.ts'
import { openDatabase, type Database, type OpenDatabase } from './database.ts'
import { tablesToDistribute } from './distribute.ts'
import { isDistributed } from './distributed.ts'
import { useGenericPlans } from './generic-plans.ts'
import { migrate, migrationNames } from './migrate.ts'

/** What belongs to nobody. */
const localTables = ['column_versions', 'invites', 'login_failures', 'migrations']

describe('the tables', () => {
  let database: OpenDatabase
  before(async () => {
    database = await openTestDatabase()
  })
  after(() => database[Symbol.asyncDispose]())

  it('are all distributed, but for those that belong to nobody', async () => {
    const distributed = await tablesToDistribute(database.db)
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class
      where relkind = 'r' and relnamespace = current_schema()::regnamespace`.execute(database.db)
    const names = [...distributed.map(({ name }) => name), ...localTables]
    assert.deepEqual(names.toSorted(), rows.map(({ name }) => name).toSorted())
  })

  it('refer to each other by the column that they are distributed by', async () => {
    const columns = new Map(
      (await tablesToDistribute(database.db)).map(({ name, column, isColocated }) => [
        name,
        isColocated ? column : '',
      ]),
    )
    const { rows } = await sql<{
      name: string
      of: string
      column: string
      to: string
      key: string
    }>`
      select conname as name, conrelid::regclass::text as of, confrelid::regclass::text as to,
        own.attname as column, other.attname as key
      from pg_constraint
      join pg_attribute own on own.attrelid = conrelid and own.attnum = conkey[1]
      join pg_attribute other on other.attrelid = confrelid and other.attnum = confkey[1]
      where contype = 'f' and connamespace = current_schema()::regnamespace`.execute(database.db)
    assert.ok(rows.length > 10)
    const others = rows.filter(
      ({ of, to, column, key }) => columns.get(of) !== column || columns.get(to) !== key,
    )
    assert.deepEqual(others, [])
  })
})

describe('npm run kith -- distribute', () => {
  let postgres: TestPostgres
  before(async () => {
    postgres = await startPostgres()
  })
  after(() => postgres[Symbol.asyncDispose]())

  async function emptyDatabase(name: string): Promise<string> {
    await postgres.run(`create database ${name}`)
    return postgres.url(name)
  }

  it('refuses the embedded database', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    await refuses({ DATA_DIR: folder.path }, [], /^The embedded database is one server/)
  })

  it('refuses a database without Citus, or with an old one', async () => {
    const url = await emptyDatabase('without_citus')
    await refuses({ DATABASE_URL: url }, [], /^The database has no Citus\. Install Citus 12/)
    await standIn(url, { version: '11.3-1' })
    await refuses({ DATABASE_URL: url }, [], /^Citus 12 or newer is needed, and this is 11\.3-1/)
  })

  it('refuses a cluster without a node for shards, or with one that is away', async () => {
    const url = await emptyDatabase('without_nodes')
    await standIn(url)
    await refuses({ DATABASE_URL: url }, [], /^No node can hold shards\. .*citus_add_node/)
    await addNode(url, 'worker-1', true)
    await addNode(url, 'worker-2', false)
    await refuses({ DATABASE_URL: url }, [], /worker-2:5432 does not\. Start it, or remove it/)
  })

  it('refuses a number of shards that makes no sense', async () => {
    const settings = { DATABASE_URL: postgres.url('postgres') }
    for (const shards of ['0', '1025', 'many']) {
      await refuses(settings, ['--shards', shards], /^--shards must be 1 to 1024/)
    }
  })

  it('distributes every table with its foreign keys, once, and later those that are new', async () => {
    const url = await emptyDatabase('with_citus')
    {
      await using database = openDatabase(url, keepLog().log)
      await migrate(database.db)
    }
    await standIn(url)
    await addNode(url, 'worker-1', true)
    await using database = openDatabase(url, keepLog().log)
    const before = await foreignKeysIn(database.db)
    assert.equal(await isDistributed(database.write), false)

    const { code, output } = await runCommand(['distribute', '--shards', '8'], settingsOf(url))
    assert.equal(code, 0, output)
    assert.match(output, /^Distributed users, .*contacts.*\. Restart every process of Kith\.$/m)
    assert.equal(await isDistributed(database.write), true)
    assert.deepEqual(await foreignKeysIn(database.db), before)
    const calls = await callsOf(database.db)
    const tables = await tablesToDistribute(database.db)
    assert.deepEqual(
      calls.map(({ name, column }) => ({ name, column })),
      tables.map(({ name, column }) => ({ name, column })),
    )
    for (const { name, colocate_with: with_, shards } of calls) {
      const isAlone =
        name === 'users' || !tables.some((table) => table.name === name && table.isColocated)
      assert.deepEqual([with_, shards], isAlone ? ['none', 8] : ['users', null])
    }
    assert.ok(calls.every(({ is_truncated }) => is_truncated))

    const again = await runCommand(['distribute'], settingsOf(url))
    assert.match(again.output, /^Already distributed\./m)
    await using folder = await newTable()
    await migrate(database.db, folder.url)
    const [last] = (await callsOf(database.db)).slice(calls.length)
    assert.deepEqual(last, {
      name: 'things',
      column: 'owner_id',
      colocate_with: 'users',
      shards: null,
      is_truncated: true,
    })
  })
})

it('migrations since tables may be distributed add each constraint by a statement of its own', async () => {
  const isRefused = (text: string) =>
    /\badd (?:constraint|primary|unique|foreign|check)\b/.test(text) &&
    /,\s*(?:add|alter|drop)\b/.test(text)
  assert.ok(isRefused('alter table labels add column x integer, add constraint y check (x > 0)'))
  const later = (await migrationNames()).filter((name) => name > '0027')
  const files = later.map((name) => new URL(`../../migrations/${name}.sql`, import.meta.url))
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  assert.deepEqual(texts.flatMap((text) => text.split(';')).filter(isRefused), [])
})

it('statements are planned by their values where Citus finds their shards by these', async () => {
  await using postgres = await startPostgres()
  await using database = openDatabase(postgres.url('postgres'), keepLog().log)
  const modeOfPlans = () =>
    database.transaction(async (ask) => {
      await useGenericPlans(ask)
      return ask('show plan_cache_mode', [])
    })
  assert.deepEqual(await modeOfPlans(), [{ plan_cache_mode: 'force_generic_plan' }])
  await standIn(postgres.url('postgres'))
  assert.deepEqual(await modeOfPlans(), [{ plan_cache_mode: 'auto' }])
})

function settingsOf(url: string): Settings {
  return { DATABASE_URL: url, SECRET_KEY: secretKey }
}

async function refuses(settings: Settings, options: string[], sentence: RegExp) {
  const given = { SECRET_KEY: secretKey, ...settings }
  const { code, output } = await runCommand(['distribute', ...options], given)
  assert.match(output, sentence)
  assert.equal(code, 1)
}

/**
 * What a database with Citus has that we ask, in place of the extension: its functions note their calls, and
 * refuse what Citus refuses.
 */
async function standIn(url: string, { version = '13.0-1' } = {}): Promise<void> {
  await runSql(
    url,
    `insert into pg_catalog.pg_extension
      (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    values (99999, 'citus', 10, 'pg_catalog'::regnamespace, false, '${version}');
    create schema stand_in;
    alter database ${new URL(url).pathname.slice(1)} set search_path to public, stand_in;
    set search_path to stand_in;
    create table pg_dist_node (
      nodename text, nodeport integer, noderole text, isactive boolean, shouldhaveshards boolean,
      is_up boolean
    );
    create table pg_dist_partition (
      number serial, logicalrelid regclass, "column" text, colocate_with text, shards integer,
      is_truncated boolean default false
    );
    create function citus_check_cluster_node_health(out from_nodename text, out from_nodeport integer,
      out to_nodename text, out to_nodeport integer, out result boolean) returns setof record
      language sql as 'select ''coordinator'', 5432, nodename, nodeport, is_up from stand_in.pg_dist_node';
    create function create_distributed_table(name regclass, key text,
      colocate_with text default 'default', shard_count integer default null) returns void
      language plpgsql as $$
      begin
        if exists (select from pg_constraint
          where contype = 'f' and name in (conrelid, confrelid)) then
          raise exception 'foreign keys are in the way';
        end if;
        if exists (select from pg_index
          join pg_attribute on attrelid = indrelid and attname = key
          where indrelid = name and indisunique and not attnum = any (indkey)) then
          raise exception 'cannot create constraint on "%"', name;
        end if;
        insert into stand_in.pg_dist_partition (logicalrelid, "column", colocate_with, shards)
          values (name, key, colocate_with, shard_count);
      end $$;
    create function truncate_local_data_after_distributing_table(name regclass) returns void
      language sql
      as 'update stand_in.pg_dist_partition set is_truncated = true where logicalrelid = name'`,
  )
}

function addNode(url: string, name: string, isUp: boolean): Promise<void> {
  return runSql(
    url,
    `insert into pg_dist_node values ('${name}', 5432, 'primary', true, true, ${isUp})`,
  )
}

async function foreignKeysIn(db: Database) {
  const { rows } = await sql`
    select conrelid::regclass::text as of, conname, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
    order by 1, 2`.execute(db)
  return rows
}

type Call = {
  name: string
  column: string
  colocate_with: string
  shards: number | null
  is_truncated: boolean
}

async function callsOf(db: Database): Promise<Call[]> {
  const { rows } = await sql<Call>`
    select logicalrelid::text as name, "column", colocate_with, shards, is_truncated
    from stand_in.pg_dist_partition order by number`.execute(db)
  return rows
}

/** Our migrations with one more, of a table that belongs to owners. */
async function newTable() {
  const folder = await mkdtempDisposable(join(tmpdir(), 'kith-migrations-'))
  const ours = fileURLToPath(new URL('../../migrations/', import.meta.url))
  await cp(ours, folder.path, { recursive: true })
  await writeFile(
    join(folder.path, '9001-things.sql'),
    `create table things (
      owner_id uuid not null references owners (id) on delete cascade, id uuid not null,
      primary key (owner_id, id)
    );`,
  )
  return Object.assign(folder, { url: pathToFileURL(`${folder.path}/`) })
}
