import type { Config } from '../../config.ts'
import type { OpenDatabase } from '../../db/database.ts'
import { appliedMigrations, migrationNames } from '../../db/migrate.ts'
import { findingsOf, reasonOf, type Finding } from './finding.ts'

const { ok, warning, problem } = findingsOf('Database')
const clock = findingsOf('Clock')

const oldestVersion = 15
const slowMs = 50
const maxSkewMs = 2_000

type Open = (stack: AsyncDisposableStack) => Promise<OpenDatabase> | OpenDatabase

export function noDatabaseYet(): Finding[] {
  return [ok('embedded; it is made at the first start')]
}

/** Whether it answers, how fast, and whether its tables are those of this Kith. */
export async function checkDatabase({ databaseUrl }: Config, open: Open): Promise<Finding[]> {
  await using stack = new AsyncDisposableStack()
  try {
    const database = await open(stack)
    const kind = databaseUrl ? 'PostgreSQL' : 'embedded, PostgreSQL'
    return [
      await checkAnswer(database, kind),
      await checkTables(database),
      await checkClock(database),
    ]
  } catch (error) {
    const advice = databaseUrl
      ? 'start it, and see whether DATABASE_URL has the right host, user and password'
      : 'bring the data folder back from a backup, if nothing else helps'
    return [problem(`it cannot be used: ${reasonOf(error)}`, advice)]
  }
}

async function checkAnswer({ pool }: OpenDatabase, kind: string): Promise<Finding> {
  const { rows } = await pool.query<{ version: string; number: number }>(
    `select current_setting('server_version') as version,
      current_setting('server_version_num')::integer / 10000 as number`,
  )
  const [{ version, number } = { version: '', number: 0 }] = rows
  const ms = await latencyOf(pool)
  const text = `${kind} ${version.split(' ')[0]}, answers in ${ms.toFixed(1)} ms`
  if (number < oldestVersion)
    return problem(text, `Kith needs PostgreSQL ${oldestVersion} or newer`)
  return ms > slowMs ? warning(text, 'put it nearer: each request waits for it') : ok(text)
}

/** The fastest of a few: the others wait for what else goes on. */
async function latencyOf(pool: OpenDatabase['pool']): Promise<number> {
  let fastest = Infinity
  for (let round = 0; round < 5; round++) {
    const start = performance.now()
    await pool.query('select 1')
    fastest = Math.min(fastest, performance.now() - start)
  }
  return fastest
}

async function checkTables({ db, pool }: OpenDatabase): Promise<Finding> {
  const { rows } = await pool.query<{ is_there: boolean }>(
    `select to_regclass('migrations') is not null as is_there`,
  )
  const applied = rows[0]?.is_there ? await appliedMigrations(db) : []
  const known = await migrationNames()
  const newer = applied.filter((name) => !known.includes(name))
  if (newer.length > 0) {
    return problem(`its tables are those of a newer Kith (${newer.join(', ')})`, 'update Kith')
  }
  const missing = known.filter((name) => !applied.includes(name))
  return missing.length === 0
    ? ok(`its tables are up to date (${applied.at(-1)})`)
    : ok(`the next start brings its tables up to date (${missing.join(', ')})`)
}

async function checkClock({ pool }: OpenDatabase): Promise<Finding> {
  const before = Date.now()
  const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now')
  return judgeClock('the database', rows[0]?.now.getTime() ?? before, before)
}

/** @param before when it was asked: the answer is from between then and now */
export function judgeClock(whose: string, time: number, before: number): Finding {
  const skew = Math.max(before - time, time - Date.now(), 0)
  return skew <= maxSkewMs
    ? clock.ok(`agrees with that of ${whose}`)
    : clock.warning(
        `differs by ${Math.round(skew / 1000)} s from that of ${whose}`,
        'let both be set by NTP: links and tokens live by the clock',
      )
}
