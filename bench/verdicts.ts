import type { Scenario } from './scenarios.ts'
import { halfLoad } from './subjects.ts'
import { atLeast, atMost, type Row, type Verdict } from './summary.ts'

const maxTail = 5
const maxResidentMb = 160
// Two processes should do 1.8 times as much as one.
const minScaling = 0.9

/** What is to be reached, and what was. */
export function verdictsOf(scenarios: Scenario[], rows: Row[], processes: number): Verdict[] {
  const rowOf = (scenario: Scenario, subject: string) =>
    rows.find((row) => row.scenario === scenario.name && row.subject === subject)
  const ofScenarios = scenarios.flatMap((scenario) => {
    const { name, targets } = scenario
    const one = rowOf(scenario, 'Kith')
    const tail = tailOf(rowOf(scenario, halfLoad('Kith')))
    const bareTail = tailOf(rowOf(scenario, halfLoad('bare')))?.toFixed(2)
    const all = rowOf(scenario, `Kith × ${processes}`)
    return [
      verdict(atLeast, `${name}: of pgbench`, one?.ratios['of pgbench']?.median, targets.ofPgbench),
      verdict(atLeast, `${name}: of bare`, one?.ratios['of bare']?.median, targets.ofBare),
      // What the bare route has there is the machine's, and of what both stand on.
      verdict(
        atMost,
        `${name}: p99 / p50 at half load${bareTail ? `, where bare has ${bareTail}` : ''}`,
        tail,
        maxTail,
      ),
      // On a machine that is full already more processes cannot do more; that each request costs
      // as little CPU as with one says what they would do on more cores.
      verdict(
        atLeast,
        `${name}: ${processes} processes do, by CPU per request`,
        scalingOf(one, all, processes),
        minScaling * processes,
      ),
    ].flat()
  })
  return [
    ...ofScenarios,
    ...verdict(atMost, 'MB resident, one process, highest', highestMb(rows), maxResidentMb),
  ]
}

function highestMb(rows: Row[]): number | undefined {
  const known = rows
    .filter(({ subject }) => subject === 'Kith')
    .flatMap(({ figures }) => (figures.residentMb ? [figures.residentMb.max] : []))
  return known.length > 0 ? Math.max(...known) : undefined
}

function verdict(
  make: typeof atLeast,
  what: string,
  value: number | null | undefined,
  bound: number | undefined,
): Verdict[] {
  return value === undefined || value === null || bound === undefined
    ? []
    : [make(what, value, bound)]
}

function tailOf(row: Row | undefined): number | null {
  const { p50Ms, p99Ms } = row?.figures ?? {}
  return p50Ms && p99Ms ? p99Ms.median / p50Ms.median : null
}

function scalingOf(one: Row | undefined, all: Row | undefined, processes: number): number | null {
  const [alone, together] = [one?.figures.cpuMicros, all?.figures.cpuMicros]
  return alone && together ? (processes * alone.median) / together.median : null
}
