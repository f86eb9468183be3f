import type { Undo } from './calls.ts'
import type { Step } from './step.ts'

const maxSteps = 20

/** The last steps of this tab that can be undone. */
export type UndoSteps = {
  add: (steps: Step[]) => Undo
  /** Each can be taken once. */
  take: (undo: Undo) => Step[]
  /** What was taken could not be undone, and may be later. */
  giveBack: (undo: Undo, steps: Step[]) => void
}

export function createUndoSteps(): UndoSteps {
  const kept = new Map<string, Step[]>()
  let count = 0

  return {
    add(steps) {
      const id = String(++count)
      if (steps.length > 0) kept.set(id, steps)
      for (const old of [...kept.keys()].slice(0, -maxSteps)) kept.delete(old)
      return { id }
    },
    take({ id }) {
      const steps = kept.get(id) ?? []
      kept.delete(id)
      return steps
    },
    giveBack: ({ id }, steps) => void kept.set(id, steps),
  }
}
