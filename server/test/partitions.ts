import type pg from 'pg'

/** The schemas of the partitions: in each of them lies one of every table, under its own name. */
export const partitionSchemas = ['partition_0', 'partition_1', 'partition_2', 'partition_3']

type Table = { name: string; owner: string }

/**
 * Cuts the tables of a migrated, empty database into partitions by the hash of their owner, as a
 * database that is spread over machines would. Constraints and indexes are made again under their
 * names; that succeeds only where every unique one holds the owner.
 * @returns the names of the tables
 */
export async function partitionByOwner(pool: pg.Pool): Promise<string[]> {
  const client = await pool.connect()
  const run = async <Row>(text: string, values: unknown[] = []) =>
    (await client.query(text, values)).rows as Row[]
  const runAll = async (text: string, values: unknown[] = []) => {
    for (const { sql } of await run<{ sql: string }>(text, values)) await run(sql)
  }
  try {
    await run('begin')
    const tables = await run<Table>(ownerTables)
    const names = tables.map(({ name }) => name)
    const definitions = await run<{ sql: string }>(keysAndIndexes, [names])
    for (const schema of ['flat', ...partitionSchemas]) await run(`create schema ${schema}`)
    for (const table of tables) await cut(table, run)
    await run('drop schema flat cascade')
    for (const { sql } of definitions) await run(sql)
    await runAll(indexNames, [partitionSchemas])
    await run('commit')
    return names
  } catch (error) {
    await run('rollback')
    throw error
  } finally {
    client.release()
  }
}

async function cut({ name, owner }: Table, run: (sql: string) => Promise<unknown>) {
  await run(`alter table ${name} set schema flat`)
  await run(`create table ${name} (like flat.${name} including all excluding indexes)
    partition by hash (${owner})`)
  for (const [remainder, schema] of partitionSchemas.entries()) {
    await run(`create table ${schema}.${name} partition of ${name}
      for values with (modulus ${partitionSchemas.length}, remainder ${remainder})`)
  }
}

// Of each table whose rows are somebody's, the primary key begins with whose they are.
const ownerTables = `
  select relname as name, attname as owner
  from pg_class join pg_index on indrelid = pg_class.oid and indisprimary
  join pg_attribute on attrelid = pg_class.oid and attnum = indkey[0]
  where relkind = 'r' and relnamespace = 'public'::regnamespace
    and (attname in ('owner_id', 'user_id') or (relname in ('owners', 'users') and attname = 'id'))
  order by relname`

// Foreign keys come last, since they need the keys that they lead to.
const keysAndIndexes = `
  with owned as (
    select oid from pg_class
    where relname = any ($1::name[]) and relnamespace = 'public'::regnamespace
  )
  select sql from (
    select contype = 'f' as is_last, format(
      'alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)
    ) as sql
    from pg_constraint where conrelid in (select oid from owned) and contype in ('p', 'u', 'f')
    union all
    select false, pg_get_indexdef(indexrelid)
    from pg_index where indrelid in (select oid from owned)
      and not exists (select from pg_constraint where conindid = indexrelid and contype <> 'f')
  ) definitions order by is_last`

// PostgreSQL names those of partitions by its own rule, and we recognise constraints by their names.
const indexNames = `
  select format('alter index %s rename to %I', part.oid::regclass, whole.relname) as sql
  from pg_inherits join pg_class part on part.oid = inhrelid
  join pg_class whole on whole.oid = inhparent
  where part.relnamespace::regnamespace::text = any ($1::text[]) and part.relkind = 'i'
    and part.relname <> whole.relname`
