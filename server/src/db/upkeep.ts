import { setTimeout } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from '../log.ts'

const everyMs = 60_000

// As autovacuum does it, with thresholds of its kind.
const staleTables = `
  select format('%I.%I', stats.schemaname, stats.relname) as name
  from pg_stat_all_tables stats
  join pg_class on pg_class.oid = stats.relid
  where stats.schemaname <> 'pg_toast'
    and greatest(n_dead_tup, n_ins_since_vacuum, n_mod_since_analyze)
      > 100 + 0.05 * greatest(reltuples, 0)`

const walSinceCheckpoint = `
  select pg_current_wal_insert_lsn() - redo_lsn as bytes from pg_control_checkpoint()`
const walAllowed = 32 * 1024 * 1024

/**
 * Does what PostgreSQL's background processes would, which PGlite has none of: without it dead rows
 * are never cleared away, searches lose their index-only scans, and the write-ahead log grows until
 * the process ends, and with it the time that a start after a crash takes.
 */
export async function keepUp(pool: pg.Pool): Promise<void> {
  const stale = await pool.query<{ name: string }>(staleTables)
  for (const { name } of stale.rows) await pool.query(`vacuum (analyze) ${name}`)
  const { rows } = await pool.query<{ bytes: string }>(walSinceCheckpoint)
  if (Number(rows[0]?.bytes) > walAllowed) await pool.query('checkpoint')
}

/** Keeps the embedded database up, once a minute, until it is disposed. */
export function startUpkeep(pool: pg.Pool, log: Logger): AsyncDisposable {
  const stop = new AbortController()
  const running = run()

  async function run() {
    while (await waited()) {
      await keepUp(pool).catch((error: unknown) =>
        log.warn({ err: error }, 'the embedded database was not tidied up'),
      )
    }
  }

  function waited(): Promise<boolean> {
    return setTimeout(everyMs, true, { signal: stop.signal, ref: false }).catch(() => false)
  }

  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
    },
  }
}
