import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { checkAll } from './agreement.ts'
import { BenchError } from './bench-error.ts'
import type { LoadGenerator } from './load.ts'
import { createMeter } from './meter.ts'
import type { Options } from './options.ts'
import type { Outcome } from './outcome.ts'
import { runPgbench } from './pgbench.ts'
import type { Scenario } from './scenarios.ts'
import { fullAndHalf, halfLoad, rateOnly, restoring, type Subject } from './subjects.ts'
import { summarise } from './summary.ts'
import { toTable } from './table.ts'
import { measureInTurns } from './turns.ts'
import { verdictsOf } from './verdicts.ts'
import { startWorld, type World } from './world.ts'

/** The server beside what the database alone, and what the bare stack can do. */
export async function compareWithLimits(
  scenarios: Scenario[],
  options: Options,
  generator: LoadGenerator,
  folder: string,
): Promise<Outcome> {
  await using world = await startWorld(scenarios, options, folder)
  const drift = await checkAll(world, scenarios)
  const measured = await measureInTurns({
    scenarios,
    subjects: subjectsOf(world, options, generator, folder).map((subject) =>
      restoring(subject, world.databaseUrl),
    ),
    rounds: options.rounds,
  })
  const all = allProcesses(options)
  const figure = 'requestsPerSecond'
  const rows = summarise(measured, [
    { title: 'of pgbench', subjects: ['Kith', all, 'bare'], base: 'pgbench', figure },
    { title: 'of bare', subjects: ['Kith', all], base: 'bare', figure },
    { title: 'of Kith', subjects: [halfLoad('Kith'), all], base: 'Kith', figure },
  ])
  const { users, contacts, active } = world.dataset
  return {
    title: 'Kith beside its limits',
    notes: [
      `${users} users with ${contacts} contacts each, of whom ${active} send requests`,
      'login: "bare" is argon2 alone on these cores',
      ...drift,
    ],
    rows,
    table: toTable(rows),
    verdicts: verdictsOf(scenarios, rows, options.processes),
    chart: {
      rows: rows.filter(({ subject }) => !['Kith', 'bare'].map(halfLoad).includes(subject)),
      figure,
      title: 'requests per second',
    },
  }
}

/** In the order of their turns. */
function subjectsOf(
  world: World,
  { connections, seconds, processes }: Options,
  generator: LoadGenerator,
  folder: string,
): Subject[] {
  const { programs, databaseUrl, dataset, kith, limited, bare, requestsFor } = world
  const loading = { generator, connections, seconds, requestsFor }
  const one = createMeter({
    ...loading,
    serversFor: ({ isLimited }) => (isLimited && limited ? [limited] : kith.slice(0, 1)),
  })
  const all = createMeter({ ...loading, serversFor: () => kith })
  const bareMeter = createMeter({ ...loading, serversFor: () => [bare] })
  return [
    ...fullAndHalf('Kith', one),
    {
      name: allProcesses({ processes }),
      applies: ({ isLimited }) => processes > 1 && !isLimited,
      measure: (scenario) => all(scenario),
    },
    ...fullAndHalf('bare', async (scenario, rate) =>
      scenario.name === 'login' ? rateOnly(await hashRate(seconds)) : bareMeter(scenario, rate),
    ).map((subject) => ({
      ...subject,
      applies: ({ name }: Scenario) => name !== 'login' || subject.name === 'bare',
    })),
    {
      name: 'pgbench',
      applies: ({ sql }) => Object.keys(sql).length > 0,
      async measure(scenario) {
        const run = { program: programs.pgbench, databaseUrl, scenario, dataset, folder }
        await runPgbench({ ...run, connections, seconds: 1 })
        const rate = await runPgbench({ ...run, connections, seconds })
        if (rate > 0) return rateOnly(rate)
        throw new BenchError(`${scenario.name}: pgbench ended nothing in ${seconds} s`)
      },
    },
  ]
}

/** What several processes together are called. */
function allProcesses({ processes }: Pick<Options, 'processes'>): string {
  return `Kith × ${processes}`
}

async function hashRate(seconds: number): Promise<number> {
  const script = fileURLToPath(new URL('hashes.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, String(seconds)])
  return Number(stdout)
}
