import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describeDataset } from './dataset.ts'
import { fillEmbedded } from './embedded-seed.ts'
import { startKith } from './kith.ts'
import type { LoadGenerator } from './load.ts'
import { createMeter } from './meter.ts'
import type { Options } from './options.ts'
import type { Outcome } from './outcome.ts'
import { familyMb } from './proc.ts'
import { createRequestSource } from './requests.ts'
import type { Scenario } from './scenarios.ts'
import { fullAndHalf } from './subjects.ts'
import { summarise } from './summary.ts'
import { toTable } from './table.ts'
import { measureInTurns } from './turns.ts'

/** What the server carries on its embedded database, without PostgreSQL and Redis. */
export async function measureEmbedded(
  scenarios: Scenario[],
  options: Options,
  generator: LoadGenerator,
  folder: string,
): Promise<Outcome> {
  const dataset = describeDataset(options)
  const dataDir = await mkdtemp(join(folder, 'embedded-'))
  await fillEmbedded(dataDir, dataset)
  const { logLevel, profile, connections, seconds, rounds } = options
  await using kith = await startKith({ folder, logLevel, profile, env: { DATA_DIR: dataDir } })
  const atRest = await restingMb(kith.pid)
  const meter = createMeter({
    isEmbedded: true,
    generator,
    connections,
    seconds,
    serversFor: () => [kith],
    requestsFor: createRequestSource(dataset, folder),
  })
  const those = scenarios.filter(({ isLimited }) => !isLimited)
  const name = 'embedded'
  const subjects = fullAndHalf(name, meter)
  const measured = await measureInTurns({ scenarios: those, subjects, rounds })
  const rows = summarise(measured, [])
  return {
    title: 'Kith on its embedded database',
    notes: [
      `${dataset.users} users with ${dataset.contacts} contacts each`,
      'what one scenario adds is there in the next one',
      `at rest, with PostgreSQL: ${Math.round(atRest)} MB`,
    ],
    rows,
    table: toTable(rows),
    verdicts: [],
    chart: {
      rows: rows.filter(({ subject }) => subject === name),
      figure: 'requestsPerSecond',
      title: 'requests per second on the embedded database',
    },
  }
}

// Until connections that nobody needs are closed, and what the start has left is collected.
const restAfterMs = 40_000

async function restingMb(pid: number): Promise<number> {
  await setTimeout(restAfterMs)
  return familyMb(pid)
}
