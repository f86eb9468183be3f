import { sql } from 'kysely'
import type { Database } from './database.ts'

/** How many shards each table gets: enough for as many nodes, and to split what they hold evenly. */
export const usualShards = 64

/** A table whose rows belong to owners or users, and by which column they are spread. */
export type DistributedTable = {
  name: string
  column: string
  /** Whether the column is the id of an owner or user, with all of whose rows it lies on one node. */
  isColocated: boolean
}

/**
 * The tables that are to be distributed, by the first column of their primary keys. The others hold what
 * belongs to nobody, and stay where they are.
 */
export async function tablesToDistribute(db: Database): Promise<DistributedTable[]> {
  const { rows } = await sql<DistributedTable>`
    select relname as name, key_column.attname as column,
      key_column.atttypid = 'uuid'::regtype as "isColocated"
    from pg_class
    join pg_index on indrelid = pg_class.oid and indisprimary
    join pg_attribute key_column on key_column.attrelid = pg_class.oid
      and key_column.attnum = indkey[0]
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
      and not relispartition and (relname in ('users', 'owners') or exists (
        select from pg_attribute
        where attrelid = pg_class.oid and attname in ('owner_id', 'user_id') and not attisdropped
      ))
    order by relname <> 'users', relname`.execute(db)
  return rows
}

/**
 * Distributes by Citus what is not distributed yet. To be called in a transaction that holds the lock of
 * the migrations.
 * @returns the names of the tables
 */
export async function distributeTables(trx: Database, shards = usualShards): Promise<string[]> {
  const done = await distributedNames(trx)
  const missing = (await tablesToDistribute(trx)).filter(({ name }) => !done.has(name))
  if (missing.length === 0) return []
  const names = missing.map(({ name }) => name)
  // Changes of tables that have foreign keys may not use several connections to a node.
  await sql`set local citus.multi_shard_modify_mode to 'sequential'`.execute(trx)
  const keys = await foreignKeysOf(trx, names)
  for (const key of keys) await sql.raw(key.removal).execute(trx)
  for (const table of missing) await distributeOne(trx, table, shards)
  for (const key of keys) await sql.raw(key.addition).execute(trx)
  for (const name of names) {
    await sql`select truncate_local_data_after_distributing_table(${name}::regclass)`.execute(trx)
  }
  return names
}

async function distributedNames(trx: Database): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select logicalrelid::regclass::text as name from pg_dist_partition`.execute(trx)
  return new Set(rows.map(({ name }) => name))
}

/** With `users`, which are the first to be distributed, lies what has the id of a user. */
async function distributeOne(
  trx: Database,
  { name, column, isColocated }: DistributedTable,
  shards: number,
) {
  await (
    name === 'users' || !isColocated
      ? sql`select create_distributed_table(${name}::regclass, ${column}, colocate_with => 'none',
        shard_count => ${shards}::integer)`
      : sql`select create_distributed_table(${name}::regclass, ${column}, colocate_with => 'users')`
  ).execute(trx)
}

type ForeignKey = { removal: string; addition: string }

/** The foreign keys from and to tables. */
async function foreignKeysOf(trx: Database, names: readonly string[]): Promise<ForeignKey[]> {
  const { rows } = await sql<ForeignKey>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as removal,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname,
        pg_get_constraintdef(pg_constraint.oid)) as addition
    from pg_constraint
    where contype = 'f' and conparentid = 0
      and (conrelid::regclass::text = any (${names}::text[])
        or confrelid::regclass::text = any (${names}::text[]))
    order by conrelid::regclass::text, conname`.execute(trx)
  return rows
}
