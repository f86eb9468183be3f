import type { PreferencesPatch } from '@kith/server/preferences/schema'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import type { Change, Undo } from '../worker/calls.ts'
import { worker } from './client.ts'
import { undoable, type About, type UndoStep } from './undo-steps.ts'

/**
 * Applies edits at once, and sends them when that is possible; all of them are one step of undo.
 * @returns what undoes them; null where this device could not keep them, as a notice says
 */
export async function changeContacts(changes: Change[], about: About): Promise<UndoStep | null> {
  const done = await orNotice(worker.change(changes))
  return done && undoableChange(done, about)
}

/** A change of the data worker as a step that can be undone. */
export function undoableChange(done: Undo, about: About): UndoStep {
  return undoable(async (ids) => {
    const isDone = await orNotice(worker.undo(done, ids))
    if (isDone !== false) return isDone === true
    notify({ title: text('commands.nothingToUndo') })
    return 'nothing'
  }, about)
}

export async function setPreferences(patch: PreferencesPatch): Promise<void> {
  await orNotice(worker.setPreferences(patch))
}

async function orNotice<T>(keeping: Promise<T>): Promise<T | null> {
  try {
    return await keeping
  } catch {
    notify({ kind: 'fault', title: text('ui.notKept') })
    return null
  }
}
