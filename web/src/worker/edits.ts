import type { Undo } from './calls.ts'
import { applyChanges } from './changes.ts'
import type { LocalBook } from './local-book.ts'
import type { Step } from './step.ts'
import { createUndoSteps } from './undo.ts'
import { retry } from './waiting.ts'

/** What somebody does in this tab, and undoes. */
export type Edits = {
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
    const undo = await book.write(true, (edit) => applyChanges(edit, steps))
    onWritten()
    return undo
  }

  return {
    change: async (steps) => undoSteps.add(await apply(steps)),
    async undo(undo, ids) {
      const wanted = new Set(ids)
      const undone = await apply(undoSteps.take(undo).filter(({ id }) => wanted.has(id)))
      return undone.length > 0
    },
    retry: (opId) => book.write(true, (edit) => retry(edit, opId)),
  }
}
