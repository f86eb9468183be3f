import { stderr } from 'node:process'
import type { Figures } from './meter.ts'
import type { Scenario } from './scenarios.ts'
import type { Subject } from './subjects.ts'

/** The figures of one subject in one scenario, one for each round. */
export type Measured = { scenario: Scenario; subject: string; rounds: Figures[] }

type Turns = { scenarios: Scenario[]; subjects: Subject[]; rounds: number }

/**
 * Measures all subjects one after the other, and so again for each round: when the machine's speed
 * drifts, it drifts for all of them.
 */
export async function measureInTurns({ scenarios, subjects, rounds }: Turns) {
  const measured: Measured[] = []
  for (const scenario of scenarios) {
    const those = subjects.filter(({ applies }) => applies?.(scenario) ?? true)
    const entries = those.map(({ name }) => ({ scenario, subject: name, rounds: [] as Figures[] }))
    measured.push(...entries)
    for (let round = 1; round <= rounds; round++) {
      stderr.write(`${scenario.name} ${round}/${rounds}`)
      for (const [index, subject] of those.entries()) {
        const figures = await subject.measure(scenario)
        entries[index]?.rounds.push(figures)
        stderr.write(`  ${subject.name} ${Math.round(figures.requestsPerSecond)}/s`)
      }
      stderr.write('\n')
    }
  }
  return measured
}
