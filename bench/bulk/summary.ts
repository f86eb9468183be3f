import { atLeast, atMost, spreadOf, type Spread, type Verdict } from '../summary.ts'
import type { BulkFigures } from './gauge.ts'
import type { BulkMeasured, BulkSubject } from './measured.ts'
import type { BulkName } from './names.ts'

export type BulkFigure = keyof BulkFigures

export type BulkRow = {
  scenario: BulkName
  subject: BulkSubject
  figures: Record<BulkFigure, Spread | null>
  /** Contacts per second by the yardstick's; the median of what each round gave. */
  ratios: Record<string, Spread | null>
  /** The highest resident memory, less what there was at rest. */
  aboveRestMb: number | null
}

const figureNames: BulkFigure[] = [
  'contactsPerSecond',
  'megabytesPerSecond',
  'readP50Ms',
  'readP99Ms',
  'readMaxMs',
  'waited',
  'cpuMicros',
  'databaseCpuMicros',
  'residentMb',
]
const yardsticks = ['COPY', 'bare'] as const
const maxReadP99Ms = 50
const maxAboveRestMb = 100
const minCreates: Partial<Record<BulkSubject, number>> = { Kith: 3_000, embedded: 1_500 }

/** One row for each subject in each scenario. */
export function summariseBulk(measured: BulkMeasured[]): BulkRow[] {
  return measured.map(({ scenario, subject, rounds }) => {
    const roundsOf = (other: BulkSubject) =>
      measured.find((one) => one.scenario === scenario && one.subject === other)?.rounds
    const figures = Object.fromEntries(
      figureNames.map((name) => [name, spreadOf(rounds.map((round) => round[name]))]),
    ) as BulkRow['figures']
    const [rest] = roundsOf('at rest') ?? []
    const [highest, before] = [figures.residentMb?.max, rest?.residentMb]
    return {
      scenario,
      subject,
      figures,
      ratios: Object.fromEntries(
        yardsticks.map((yardstick) => {
          const theirs = roundsOf(yardstick)
          return [`of ${yardstick}`, subject === 'Kith' && theirs ? ratioOf(rounds, theirs) : null]
        }),
      ),
      aboveRestMb: subject === 'Kith' && highest && before ? highest - before : null,
    }
  })
}

/** What is to be reached, and what was. */
export function bulkVerdicts(rows: BulkRow[]): Verdict[] {
  const creates = rows.flatMap(({ scenario, subject, figures }) => {
    const [found, bound] = [figures.contactsPerSecond?.median, minCreates[subject]]
    return scenario === 'batch-create' && found && bound
      ? [atLeast(`${scenario}: contacts per second, ${subject}`, found, bound)]
      : []
  })
  const ofKith = rows
    .filter(({ subject }) => subject === 'Kith')
    .flatMap(({ scenario, figures, aboveRestMb }) => [
      ...(figures.readP99Ms
        ? [atMost(`${scenario}: p99 of others, ms`, figures.readP99Ms.median, maxReadP99Ms)]
        : []),
      ...(aboveRestMb === null
        ? []
        : [atMost(`${scenario}: MB above rest`, aboveRestMb, maxAboveRestMb)]),
    ])
  return [...ofKith, ...creates]
}

function ratioOf(ours: BulkFigures[], theirs: BulkFigures[]): Spread | null {
  return spreadOf(
    ours.map(({ contactsPerSecond }, index) => {
      const base = theirs[index]?.contactsPerSecond
      return contactsPerSecond === null || !base ? null : contactsPerSecond / base
    }),
  )
}
