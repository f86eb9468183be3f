import { worker } from '../data/client.ts'
import { useData } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import type { Waiting } from '../worker/calls.ts'
import { isGoneElsewhere } from './refusal-text.ts'

/**
 * Sends what waits, and what was refused, once more, and asks for changes; a notice says where that cannot be, and
 * which contacts came back for it.
 * @param only the change that was refused, where it is about one
 */
export async function tryAgain(only?: Waiting): Promise<void> {
  const { waiting } = useData.getState()
  const restored = (only ? [only] : waiting).filter(isGoneElsewhere)
  await (waiting.length > 0 ? worker.retryWaiting(only?.opId) : worker.syncNow())
  if (useData.getState().sync.kind === 'offline') notify({ title: text('waiting.offline') })
  const { waiting: left } = useData.getState()
  for (const { contactId, title } of restored) {
    if (left.some((change) => change.contactId === contactId && change.refusal)) continue
    notify({ kind: 'done', title: text('waiting.restoredAndSaved', { name: title }) })
  }
}
