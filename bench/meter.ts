import { BenchError } from './bench-error.ts'
import type { Answers, LoadGenerator } from './load.ts'
import type { NodeProcess } from './node-process.ts'
import {
  canMeasureProcesses,
  cpuSeconds,
  descendants,
  ownChildren,
  watchFamily,
  watchResident,
} from './proc.ts'
import type { RequestSource } from './requests.ts'
import type { Scenario } from './scenarios.ts'

/** One measurement; null is what does not exist there, or cannot be measured on this system. */
export type Figures = {
  requestsPerSecond: number
  p50Ms: number | null
  p99Ms: number | null
  /** Of whole answers, headers included. */
  bytesPerRequest: number | null
  /** CPU time of the servers measured. */
  cpuMicros: number | null
  /** CPU time of PostgreSQL and Redis together. */
  databaseCpuMicros: number | null
  /** The highest during the load, of all servers measured together, with an embedded database. */
  residentMb: number | null
}

type Loading = {
  generator: LoadGenerator
  connections: number
  seconds: number
  serversFor: (scenario: Scenario) => NodeProcess[]
  requestsFor: RequestSource
  /** Whether the servers bring their database along, which is measured with them. */
  isEmbedded?: boolean
}

const firstWarmUpSeconds = 3
const warmUpSeconds = 1

/** Measures servers under load. Rate null: as often as they answer. */
export function createMeter({
  generator,
  connections,
  seconds,
  serversFor,
  requestsFor,
  isEmbedded = false,
}: Loading) {
  const warm = new Set<string>()
  return async (scenario: Scenario, requestsPerSecond: number | null = null): Promise<Figures> => {
    const requests = await requestsFor(scenario)
    const servers = serversFor(scenario)
    const ports = servers.map(({ port }) => port)
    const load = { requests, ports, connections, requestsPerSecond }
    const warmUp = warm.has(scenario.name) ? warmUpSeconds : firstWarmUpSeconds
    warm.add(scenario.name)
    const { p50Ms } = acceptable(
      scenario,
      await generator.run({ ...load, seconds: warmUp, answerMs: 0 }),
    )

    const pids = servers.map(({ pid }) => pid)
    const databases = isEmbedded
      ? pids.flatMap(descendants)
      : ownChildren(['postgres', 'redis-server', 'valkey-server'])
    using memory = isEmbedded ? watchFamily(pids[0] ?? NaN) : watchResident(pids)
    const [cpuBefore, databaseBefore] = [cpuSeconds(pids), cpuSeconds(databases)]
    const answers = await generator.run({ ...load, seconds, answerMs: p50Ms })
    const [cpuAfter, databaseAfter] = [cpuSeconds(pids), cpuSeconds(databases)]
    if (acceptable(scenario, answers).requests === 0) {
      throw new BenchError(`${scenario.name}: not one answer in ${seconds} s; try more --seconds`)
    }

    const microsEach = (used: number) =>
      canMeasureProcesses ? (used * 1e6) / answers.requests : null
    return {
      requestsPerSecond: answers.requests / answers.seconds,
      p50Ms: answers.p50Ms,
      p99Ms: answers.p99Ms,
      bytesPerRequest: answers.bytes / answers.requests,
      // A family's CPU time holds that of its children.
      cpuMicros: microsEach(
        cpuAfter - cpuBefore - (isEmbedded ? databaseAfter - databaseBefore : 0),
      ),
      databaseCpuMicros: microsEach(databaseAfter - databaseBefore),
      residentMb: canMeasureProcesses ? memory.highestMb() : null,
    }
  }
}

export type Meter = ReturnType<typeof createMeter>

/** @throws BenchError when not every request was answered as it should be */
function acceptable({ name }: Scenario, answers: Answers): Answers {
  const { requests, errors } = answers
  if (errors === 0) return answers
  throw new BenchError(
    `${name}: ${errors} of ${requests} requests failed (no answer, or a status of 400 and above), ` +
      'so what was measured means nothing.',
  )
}
