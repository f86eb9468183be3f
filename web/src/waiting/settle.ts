import { v7 as newId } from 'uuid'
import { changeContacts } from '../data/change.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import type { Waiting } from '../worker/calls.ts'

/** Takes back a change that is not to be sent, and says so with a way back. */
export async function discardChange({ opId, contactId, title, kind }: Waiting): Promise<void> {
  const said = text('waiting.discarded', { name: title })
  const areGone = kind === 'create' || kind === 'restore'
  const about = { title: said, ids: [contactId], areGone }
  const step = await changeContacts([{ kind: 'discard', id: contactId, opId }], about)
  if (step) notify({ title: said, undo: step })
}

/**
 * Saves what is kept of a contact that was deleted for good as another one, and says so with a way back.
 * @returns the id of that one; null where this device could not keep it
 */
export async function saveAsNew({ opId, contactId, title }: Waiting): Promise<string | null> {
  const id = newId()
  const said = text('waiting.savedAsNew', { name: title })
  const about = { title: said, ids: [id, contactId] }
  const step = await changeContacts([{ kind: 'save-as-new', id, opId }], about)
  if (!step) return null
  notify({ title: said, kind: 'done', undo: step })
  return id
}
