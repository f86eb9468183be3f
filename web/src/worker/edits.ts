import type { Undo } from './calls.ts'
import { applyChanges } from './changes.ts'
import type { LocalBook } from './local-book.ts'
import { slicesOf } from './slices.ts'
import type { Step } from './step.ts'
import { createUndoSteps } from './undo.ts'
import { retry } from './waiting.ts'

/** What somebody does in this tab, and undoes. */
export type Edits = {
  /** @throws what failed: what was applied until then is taken back */
  change: (steps: readonly Step[]) => Promise<Undo>
  /** @returns whether there was something left to undo */
  undo: (undo: Undo, ids: readonly string[]) => Promise<boolean>
  /** Sends once more what the server refused. @param opId the one change; without it, all */
  retry: (opId?: string) => Promise<void>
}

/** @param onWritten called when there is something to send, or to be read anew */
export function createEdits(book: LocalBook, onWritten: () => void): Edits {
  const undoSteps = createUndoSteps()

  async function apply(steps: readonly Step[]): Promise<Step[]> {
    const undo: Step[][] = []
    try {
      await applyInto(undo, steps)
    } catch (error) {
      // Where that fails as well, what was applied is shown, and among what waits.
      await applyInto([], undo.toReversed().flat()).catch(() => {})
      throw error
    } finally {
      onWritten()
    }
    return undo.toReversed().flat()
  }

  async function applyInto(undo: Step[][], steps: readonly Step[]): Promise<void> {
    for (const slice of slicesOf(book.state, steps)) {
      undo.push(await book.write(true, (edit) => applyChanges(edit, slice)))
    }
  }

  return {
    change: async (steps) => undoSteps.add(await apply(steps)),
    async undo(undo, ids) {
      const wanted = new Set(ids)
      const steps = undoSteps.take(undo)
      try {
        const undone = await apply(steps.filter(({ id }) => wanted.has(id)))
        return undone.length > 0
      } catch (error) {
        undoSteps.giveBack(undo, steps)
        throw error
      }
    },
    retry: (opId) => book.write(true, (edit) => retry(edit, opId)),
  }
}
