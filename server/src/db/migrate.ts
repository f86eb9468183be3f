import { readdir, readFile, writeFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { OperatorError } from '../operator-error.ts'
import { askIn, inTransaction, type Database } from './database.ts'
import { distributeTables } from './distribute.ts'
import { isDistributed } from './distributed.ts'

const ourFolder = new URL('../../migrations/', import.meta.url)
// Any number will do, as long as every process takes the same.
const lockKey = 7_204_115

/** Keeps other processes from changing the tables until the transaction ends, for as long as that takes. */
export async function lockTables(trx: Database): Promise<void> {
  // Both the work and the wait for another process's may take long.
  await sql`set local statement_timeout = 0`.execute(trx)
  await sql`select pg_advisory_xact_lock(${lockKey})`.execute(trx)
}

/**
 * Applies the migrations that are missing, all in one transaction and under a lock: of several
 * processes that start at once, one does the work and the others wait for it. In a distributed database
 * new tables are distributed as well.
 * @returns the names of those applied now
 * @throws OperatorError when the database is newer than this program
 */
export function migrate(db: Database, folder = ourFolder): Promise<string[]> {
  return inTransaction(db, async (trx) => {
    const applied = await migrateIn(trx, folder)
    if (await isDistributed(askIn(trx))) await distributeTables(trx)
    return applied
  })
}

/**
 * The same within the caller's transaction.
 * @param only which of those that are missing; by default all
 */
export async function migrateIn(
  trx: Database,
  folder = ourFolder,
  only?: readonly string[],
): Promise<string[]> {
  await lockTables(trx)
  await sql`
    create table if not exists migrations (
      name text primary key, applied_at timestamptz not null default now()
    )`.execute(trx)
  const done = new Set(await appliedMigrations(trx))
  const known = await migrationNames(folder)
  refuseUnknown(done, known)
  const missing = known.filter((name) => !done.has(name) && (only?.includes(name) ?? true))
  for (const name of missing) {
    await sql.raw(await readFile(new URL(`${name}.sql`, folder), 'utf8')).execute(trx)
    await sql`insert into migrations (name) values (${name})`.execute(trx)
  }
  return missing
}

/** The names of the migrations that a database has, in their order. */
export async function appliedMigrations(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from migrations order by name collate "C"`.execute(db)
  return rows.map(({ name }) => name)
}

/**
 * Makes the next empty migration file.
 * @param title words for its name
 * @returns the file's path below `server/`
 */
export async function newMigration(title: string, folder = ourFolder): Promise<string> {
  const slug = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  if (!slug) throw new OperatorError('Give the migration a name: npm run migrate -- new add-labels')
  const last = (await migrationNames(folder)).at(-1)?.slice(0, 4) ?? '0'
  const name = `${String(Number(last) + 1).padStart(4, '0')}-${slug}.sql`
  await writeFile(new URL(name, folder), '-- Forward only: lower case, constraints named.\n', {
    flag: 'wx',
  })
  return `migrations/${name}`
}

/** The names of all migrations that this program knows, in their order. */
export async function migrationNames(folder = ourFolder): Promise<string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .map((file) => file.slice(0, -4))
    .sort()
}

function refuseUnknown(done: Set<string>, known: string[]) {
  const unknown = [...done].filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  throw new OperatorError(
    `This database was made by a newer Kith (${unknown.join(', ')}). Update Kith first.`,
  )
}
