import type { Contact, Undo } from './calls.ts'
import { applyChanges } from './changes.ts'
import type { Field } from './contact-fields.ts'
import type { LocalBook } from './local-book.ts'
import type { Step } from './step.ts'
import { createUndoSteps } from './undo.ts'
import { retryAll } from './waiting.ts'

/** What somebody does in this tab, and undoes. */
export type Edits = {
  change: (steps: readonly Step[]) => Promise<Undo>
  /** @returns whether there was something left to undo */
  undo: (undo: Undo, ids: readonly string[]) => Promise<boolean>
  /** Sends once more what the server refused. */
  retry: () => Promise<void>
  /** @returns what takes the choice back; null where the contact stays as it is */
  resolve: (
    contactId: string,
    field: keyof Contact,
    keep: 'mine' | 'theirs',
  ) => Promise<Undo | null>
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
    retry: () => book.write(true, retryAll),
    async resolve(contactId, field, keep) {
      const { mine } = book.state.conflicts.get(contactId) ?? {}
      if (!mine || !(field in mine)) return null
      const { [field as Field]: value, ...others } = mine
      const step: Step = { kind: 'patch', id: contactId, patch: { [field]: value } }
      const undo = keep === 'mine' ? await apply([step]) : []
      await book.write(true, (edit) => edit.setConflict(contactId, others))
      return undo.length > 0 ? undoSteps.add(undo) : null
    },
  }
}
