import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import type { Logger } from '../log.ts'
import { withIsoTimes, type Ask } from './ask.ts'
import { openConnections, type Connections, type Opening } from './connections.ts'
import type { Write } from './steps.ts'
import type { Tables } from './tables.ts'

/** The pool, or a transaction on it: every query takes one first. */
export type Database = Kysely<Tables>

/** A database that is open for Kysely as well. */
export type OpenDatabase = Connections & { db: Database }

/** @see openConnections */
export function openDatabase(url: string, log: Logger, opening: Opening = {}): OpenDatabase {
  const connections = openConnections(url, log, opening)
  const dialect = new PostgresDialect({ pool: connections.watched })
  return { ...connections, db: new Kysely<Tables>({ dialect }) }
}

/** Runs `work` in a transaction; an exception rolls everything back and is passed on. */
export function inTransaction<T>(db: Database, work: (trx: Database) => Promise<T>): Promise<T> {
  return db.transaction().execute(work)
}

/**
 * Asks within a transaction that Kysely has opened, for work that also queues a job. Writes of several steps
 * need one of {@link openDatabase}, which knows how they are run.
 */
export function askIn(trx: Database): Ask {
  return async <Row extends object>(statement: string | Write, values: unknown[]) => {
    if (typeof statement !== 'string') throw new TypeError('this transaction runs no steps')
    const { rows } = await trx.executeQuery(CompiledQuery.raw(statement, values))
    return withIsoTimes(rows as Row[])
  }
}
