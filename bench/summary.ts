import type { Figures } from './meter.ts'
import type { Scenario } from './scenarios.ts'
import type { Measured } from './turns.ts'

type FigureName = keyof Figures

/** A figure over all rounds. */
export type Spread = { median: number; min: number; max: number }

/** How a figure of some subjects relates to the same figure of another one, the base. */
export type Comparison = { title: string; subjects: string[]; base: string; figure: FigureName }

export type Row = {
  scenario: Scenario['name']
  subject: string
  figures: Record<FigureName, Spread | null>
  /** By the titles of the comparisons; the median of what each round gave. */
  ratios: Record<string, Spread | null>
}

/** A bound, and whether it was kept. */
export type Verdict = { what: string; value: number; bound: number; isLeast: boolean; met: boolean }

const figureNames: FigureName[] = [
  'requestsPerSecond',
  'p50Ms',
  'p99Ms',
  'bytesPerRequest',
  'cpuMicros',
  'databaseCpuMicros',
  'residentMb',
]

/** One row for each subject in each scenario. */
export function summarise(measured: Measured[], comparisons: Comparison[]): Row[] {
  return measured.map(({ scenario, subject, rounds }) => ({
    scenario: scenario.name,
    subject,
    figures: Object.fromEntries(
      figureNames.map((name) => [name, spreadOf(rounds.map((round) => round[name]))]),
    ) as Row['figures'],
    ratios: Object.fromEntries(
      comparisons.map(({ title, subjects, base, figure }) => {
        const other = measured.find((one) => one.scenario === scenario && one.subject === base)
        const isCompared = other && subjects.includes(subject)
        return [title, isCompared ? ratioOf(rounds, other.rounds, figure) : null]
      }),
    ),
  }))
}

/** Round by round, so that both sides of each ratio were measured one after the other. */
function ratioOf(ours: Figures[], theirs: Figures[], figure: FigureName): Spread | null {
  return spreadOf(
    ours.map((round, index) => {
      const [value, base] = [round[figure], theirs[index]?.[figure]]
      return value === null || !base ? null : value / base
    }),
  )
}

/** Null when any of the values is not known. */
export function spreadOf(values: (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b)
  const [min, max] = [known[0], known.at(-1)]
  if (min === undefined || max === undefined || known.length < values.length) return null
  const [lower, upper] = [known[(known.length - 1) >> 1], known[known.length >> 1]]
  return { median: ((lower ?? min) + (upper ?? max)) / 2, min, max }
}

export function atLeast(what: string, value: number, bound: number): Verdict {
  return { what, value, bound, isLeast: true, met: value >= bound }
}

export function atMost(what: string, value: number, bound: number): Verdict {
  return { what, value, bound, isLeast: false, met: value <= bound }
}
