import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startRedis } from '../server/test/redis.ts'
import { startCluster } from './cluster.ts'
import { describeDataset } from './dataset.ts'
import { startKith } from './kith.ts'
import type { LoadGenerator } from './load.ts'
import { createMeter } from './meter.ts'
import type { Options } from './options.ts'
import type { Outcome } from './outcome.ts'
import { findDatabasePrograms } from './programs.ts'
import { createRequestSource } from './requests.ts'
import type { Scenario } from './scenarios.ts'
import { restoring, type Subject } from './subjects.ts'
import { atMost, summarise, type Row, type Verdict } from './summary.ts'
import { toTable } from './table.ts'
import { measureInTurns } from './turns.ts'

const maxGrowth = 1.3
const ratioTitle = 'p50 to the smallest'

/** The same server on databases of several sizes: every book is as large, there are only more. */
export async function compareSizes(
  scenarios: Scenario[],
  sizes: number[],
  options: Options,
  generator: LoadGenerator,
  folder: string,
): Promise<Outcome> {
  await using stack = new AsyncDisposableStack()
  const cluster = stack.use(await startCluster(findDatabasePrograms()))
  const redis = stack.use(await startRedis())
  const { logLevel, profile, connections, seconds, rounds, contacts, active } = options

  const subjects: Subject[] = []
  for (const [index, size] of sizes.entries()) {
    const users = Math.max(1, Math.round(size / contacts))
    const dataset = describeDataset({ users, contacts, active })
    const databaseUrl = await cluster.fill(`kith_${size}`, dataset)
    // The same ids are in every database, so each server has a cache of its own.
    const env = { DATABASE_URL: databaseUrl, REDIS_URL: `${redis.url}/${index}` }
    const kith = stack.use(await startKith({ folder, logLevel, profile, env }))
    const requestsFolder = join(folder, String(size))
    await mkdir(requestsFolder)
    const requestsFor = createRequestSource(dataset, requestsFolder)
    const serversFor = () => [kith]
    const meter = createMeter({ generator, connections, seconds, serversFor, requestsFor })
    subjects.push(
      restoring({ name: nameOf(size), measure: (scenario) => meter(scenario) }, databaseUrl),
    )
  }
  const measured = await measureInTurns({
    scenarios: scenarios.filter(({ isLimited }) => !isLimited),
    subjects,
    rounds,
  })
  const rows = summarise(measured, [
    {
      title: ratioTitle,
      subjects: subjects.map(({ name }) => name),
      base: nameOf(Math.min(...sizes)),
      figure: 'p50Ms',
    },
  ])
  return {
    title: 'Kith on databases of several sizes',
    notes: [`${contacts} contacts for each user; at most ${active} users send requests`],
    rows,
    table: toTable(rows),
    verdicts: verdictsOf(rows, nameOf(Math.max(...sizes))),
    chart: { rows, figure: 'p50Ms', title: 'p50 in ms, by the number of all contacts' },
  }
}

function verdictsOf(rows: Row[], largest: string): Verdict[] {
  return rows
    .filter(({ subject }) => subject === largest)
    .flatMap(({ scenario, ratios }) => {
      const ratio = ratios[ratioTitle]
      return ratio ? [atMost(`${scenario}: ${ratioTitle}`, ratio.median, maxGrowth)] : []
    })
}

function nameOf(size: number): string {
  return `${size.toLocaleString('en')} contacts`
}
