import { setTimeout } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from '../log.ts'
import { OperatorError } from '../operator-error.ts'
import { openDatabase, type OpenDatabase } from './database.ts'
import { isDatabaseAway, reasonOf } from './errors.ts'
import { migrate } from './migrate.ts'

const oldestVersion = 15
const patienceMs = 30_000
const retryAfterMs = 500
const noteEveryMs = 10_000

/**
 * Waits for a database that is just starting, as it may be when both are started together, and
 * brings it up to date.
 * @returns the names of the migrations that were applied now
 * @throws OperatorError when it does not answer in time, does not let us in, is too old or too new
 */
export async function prepareDatabase(
  url: string,
  database: OpenDatabase,
  log: Logger,
): Promise<string[]> {
  await waitForDatabase(database, log)
  await using patient = openDatabase(url, log, { poolSize: 1, isPatient: true })
  return await migrate(patient.db)
}

/**
 * Waits for a database that is just starting.
 * @throws OperatorError when it does not answer in time, does not let us in, or is too old
 */
export async function waitForDatabase({ pool }: OpenDatabase, log: Logger) {
  const deadline = performance.now() + patienceMs
  let noteAtMs = patienceMs
  for (;;) {
    try {
      return refuseOld(await versionOf(pool))
    } catch (error) {
      if (error instanceof OperatorError) throw error
      const leftMs = deadline - performance.now()
      if (!isDatabaseAway(error) || leftMs < 0) throw unusable(error)
      if (leftMs <= noteAtMs) {
        const seconds = Math.ceil(leftMs / 1000)
        log.warn({ reason: reasonOf(error) }, `waiting for the database, ${seconds} s at most`)
        noteAtMs = leftMs - noteEveryMs
      }
      await setTimeout(retryAfterMs)
    }
  }
}

async function versionOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ version: number }>(
    "select current_setting('server_version_num')::integer / 10000 as version",
  )
  return rows[0]?.version ?? 0
}

function refuseOld(version: number) {
  if (version >= oldestVersion) return
  throw new OperatorError(
    `DATABASE_URL: PostgreSQL ${oldestVersion} or newer is needed, and this is ${version}.`,
  )
}

function unusable(cause: unknown): OperatorError {
  const sentence = `DATABASE_URL: the database cannot be used: ${reasonOf(cause)}.`
  return new OperatorError(sentence, { cause })
}
