import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Dataset } from './dataset.ts'
import { flags } from './flags.ts'
import { pgbenchConstants, pgbenchScript } from './pgbench-script.ts'
import type { Scenario } from './scenarios.ts'
import { readSql } from './sql.ts'

type Run = {
  program: string
  databaseUrl: string
  scenario: Scenario
  dataset: Dataset
  connections: number
  seconds: number
  /** Where its scripts go. */
  folder: string
}

/**
 * Transactions per second of a scenario's SQL: C, prepared statements, no HTTP and no JSON.
 * @throws Error with what pgbench says when any transaction fails
 */
export async function runPgbench(run: Run): Promise<number> {
  const { program, databaseUrl, scenario, dataset, connections, seconds, folder } = run
  const files: string[] = []
  for (const [name, weight] of Object.entries(scenario.sql)) {
    const file = join(folder, `${name}.pgbench.sql`)
    await writeFile(file, pgbenchScript(readSql(name)))
    files.push(...flags({ file: `${file}@${weight}` }))
  }
  const { hostname: host, port, username, pathname } = new URL(databaseUrl)
  const constants = Object.entries(pgbenchConstants(dataset))
  const { stdout, stderr } = await promisify(execFile)(program, [
    '--no-vacuum',
    ...flags({
      protocol: 'prepared',
      time: seconds,
      client: connections,
      jobs: Math.min(connections, availableParallelism()),
    }),
    ...files,
    ...constants.flatMap(([name, value]) => flags({ define: `${name}=${value}` })),
    ...flags({ host, port, username }),
    pathname.slice(1),
  ])
  const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
  const failed = /^number of failed transactions: (\d+)/m.exec(stdout)?.[1] ?? '0'
  const processed = /^number of transactions actually processed: (\d+)/m.exec(stdout)?.[1]
  if (processed === '0') return 0
  if (!tps || failed !== '0') throw new Error(`pgbench failed:\n${stdout}\n${stderr}`)
  return Number(tps)
}
