import { compareAnswers, driftOf, listenTo } from './check.ts'
import { removeAdded } from './cluster.ts'
import type { Options } from './options.ts'
import type { Scenario } from './scenarios.ts'
import { tapDatabase } from './wire-tap.ts'
import { startWorld, type World } from './world.ts'

/** Prints what the server sends to its database in each scenario, and measures nothing. */
export async function showSql(scenarios: Scenario[], options: Options, folder: string) {
  await using world = await startWorld(scenarios, options, folder)
  await listenToAll(world, scenarios, async (scenario, sent) => {
    console.log([`-- ${scenario.name}`, ...sent.map((text) => `${text.trim()};`), ''].join('\n'))
  })
}

/**
 * Makes sure, before anything is measured, that all do the same work.
 * @returns where the server's SQL has moved away from the files that pgbench runs
 */
export async function checkAll(world: World, scenarios: Scenario[]): Promise<string[]> {
  const { kith, bare, requestsFor } = world
  const drift: string[] = []
  await listenToAll(world, scenarios, async (scenario, sent) => {
    drift.push(driftOf(scenario, sent))
    const [request] = (await requestsFor(scenario)).all
    const [first] = kith
    if (!request || !first || scenario.name === 'login') return
    await compareAnswers(scenario, { kith: first.url, bare: bare.url }, request)
  })
  await removeAdded(world.databaseUrl)
  return drift.filter(Boolean)
}

async function listenToAll(
  world: World,
  scenarios: Scenario[],
  hear: (scenario: Scenario, sent: string[]) => Promise<void>,
) {
  await using tap = await tapDatabase(world.databaseUrl)
  await using kith = await world.startKithAt(tap.url)
  for (const scenario of scenarios) {
    const [request] = (await world.requestsFor(scenario)).all
    if (request) await hear(scenario, await listenTo(tap, kith.url, scenario, request))
  }
}
