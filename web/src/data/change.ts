import type { PreferencesPatch } from '@kith/server/preferences/schema'
import { number } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import type { Change, Undo } from '../worker/calls.ts'
import { worker } from './client.ts'
import { undoable, undoWaitsFor, type About, type UndoStep } from './undo-steps.ts'

// So many are not there before somebody wonders.
const many = 500

/**
 * Applies edits at once, and sends them when that is possible; all of them are one step of undo.
 * @returns what undoes them; null where this device could not keep them, as a notice says
 */
export function changeContacts(changes: Change[], about: About): Promise<UndoStep | null> {
  return undoWaitsFor(keep(changes, about))
}

async function keep(changes: Change[], about: About): Promise<UndoStep | null> {
  const done = await orNotice(worker.change(changes), changes.length)
  return done && undoableChange(done, about)
}

/** A change of the data worker as a step that can be undone. */
export function undoableChange(done: Undo, about: About): UndoStep {
  return undoable(async (ids) => {
    const isDone = await orNotice(worker.undo(done, ids), ids.length)
    if (isDone !== false) return isDone === true
    notify({ title: text('commands.nothingToUndo') })
    return 'nothing'
  }, about)
}

export async function setPreferences(patch: PreferencesPatch): Promise<void> {
  await orNotice(worker.setPreferences(patch))
}

/** @param count how many changes; while they are being kept, a notice says so */
async function orNotice<T>(keeping: Promise<T>, count = 1): Promise<T | null> {
  const withdraw =
    count >= many && notify({ title: text('ui.keeping', { count: number(count) }), stays: true })
  try {
    return await keeping
  } catch {
    notify({ kind: 'fault', title: text('ui.notKept') })
    return null
  } finally {
    if (withdraw) withdraw()
  }
}
