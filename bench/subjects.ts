import { removeAdded } from './cluster.ts'
import type { Figures, Meter } from './meter.ts'
import type { Scenario } from './scenarios.ts'

/** Something that is measured in turns with others. */
export type Subject = {
  name: string
  measure(scenario: Scenario): Promise<Figures>
  /** Whether it has a meaning there; by default, everywhere. */
  applies?: (scenario: Scenario) => boolean
}

/** As often as it can, and then, at once, half as often: two subjects, the second after the first. */
export function fullAndHalf(name: string, meter: Meter): Subject[] {
  const last = new Map<string, number>()
  return [
    {
      name,
      async measure(scenario) {
        const figures = await meter(scenario)
        last.set(scenario.name, figures.requestsPerSecond)
        return figures
      },
    },
    {
      name: halfLoad(name),
      measure: (scenario) => meter(scenario, (last.get(scenario.name) ?? 0) / 2),
    },
  ]
}

export function halfLoad(name: string): string {
  return `${name}, half load`
}

/** The same, which then removes what it has added, so that the next one finds the same books. */
export function restoring(subject: Subject, databaseUrl: string): Subject {
  return {
    ...subject,
    async measure(scenario) {
      const figures = await subject.measure(scenario)
      if (scenario.writes) await removeAdded(databaseUrl)
      return figures
    },
  }
}

/** What is no server has a rate, and nothing else that could be compared. */
export function rateOnly(requestsPerSecond: number): Figures {
  return {
    requestsPerSecond,
    p50Ms: null,
    p99Ms: null,
    bytesPerRequest: null,
    cpuMicros: null,
    databaseCpuMicros: null,
    residentMb: null,
  }
}
