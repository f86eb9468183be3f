import { findPostgres } from '../server/test/postgres.ts'
import { findPrograms, findRedis } from '../server/test/programs.ts'
import { BenchError } from './bench-error.ts'

export type Programs = { pgbench: string; psql: string }

/**
 * The programs that a comparison needs and does not start through the tests' own helpers.
 * @throws BenchError that says what to install
 */
export function findDatabasePrograms(): Programs {
  const folder = findPostgres()?.folder
  // Those of the same version stand last in the list, behind what the PATH has.
  const folders = folder ? [folder] : []
  const pgbench = findPrograms(['pgbench'], folders).at(-1)
  const psql = findPrograms(['psql'], folders).at(-1)
  const redis = findRedis()
  if (folder && pgbench && psql && redis) return { pgbench, psql }
  const missing = [
    !folder && 'PostgreSQL 15 or newer',
    !pgbench && 'pgbench',
    !psql && 'psql',
    !redis && 'Redis or Valkey',
  ].filter((name) => name !== false)
  throw new BenchError(
    [
      `The benchmark starts its own servers, but did not find ${missing.join(', ')}.`,
      '  Debian, Ubuntu: apt install postgresql redis-server wrk',
      '  macOS:          brew install postgresql@18 redis wrk',
      'What needs none of them: npm run bench -- --embedded',
    ].join('\n'),
  )
}

/** The load generator in C, where the machine has it. */
export function findWrk(): string | undefined {
  return findPrograms(['wrk'])[0]
}
