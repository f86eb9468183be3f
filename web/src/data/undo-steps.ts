const maxSteps = 20

/** Takes back what was done. @returns whether it could */
type Undo = () => Promise<boolean>

/** What was done last and can be undone, the latest one last. */
const steps: Undo[] = []

/**
 * Adds to what Ctrl+Z undoes.
 * @returns the same for the button of a notice: whichever is used first undoes it, and the other nothing
 */
export function undoable(undo: Undo): () => void {
  steps.push(undo)
  if (steps.length > maxSteps) steps.shift()
  return () => {
    const at = steps.indexOf(undo)
    if (at >= 0) void run(at)
  }
}

/** Undoes the last step; one that fails, as without a network, stays the last. */
export async function undoLast(): Promise<'undone' | 'failed' | 'nothing'> {
  if (steps.length === 0) return 'nothing'
  return (await run(steps.length - 1)) ? 'undone' : 'failed'
}

async function run(at: number): Promise<boolean> {
  const undone = steps.splice(at, 1)
  const isDone = (await undone[0]?.()) === true
  if (!isDone) steps.splice(at, 0, ...undone)
  return isDone
}
