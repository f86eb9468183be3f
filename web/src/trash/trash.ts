import type { TrashedContact } from '@kith/server/trash/schema'
import { changeContacts } from '../data/change.ts'
import { worker } from '../data/client.ts'
import { perform } from '../data/perform.ts'
import { titleOf } from '../data/title.ts'
import { cannotUndo, cannotUndoDeletions, undoable } from '../data/undo-steps.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'

/** Brings a contact back. @returns whether it is there again */
export async function restore(contact: TrashedContact): Promise<boolean> {
  const { id } = contact
  if (!(await perform({ method: 'POST', path: `/api/trash/${id}/restore` }))) return false
  const title = text('trash.restored', { name: titleOf(contact) })
  notify({ title, undo: undoable(() => trashAgain(id), { title, ids: [id] }), kind: 'done' })
  return true
}

/** Brings a contact back whose deletion was not sent, also without a network. */
export async function restoreHere(id: string, name: string): Promise<void> {
  const title = text('trash.restored', { name })
  const undo = await changeContacts([{ kind: 'restore', id }], { title, ids: [id] })
  if (undo) notify({ title, undo, kind: 'done' })
}

async function trashAgain(id: string): Promise<boolean> {
  const isHere = async () => (await worker.contact(id)) !== null
  // Pressed before this device has read that the contact is back.
  if (!(await isHere())) await worker.syncNow()
  if (!(await isHere())) return false
  await worker.change([{ kind: 'delete', id }])
  return true
}

/** Deletes a contact of the trash for good. @returns whether it is gone */
export async function purge(contact: TrashedContact): Promise<boolean> {
  if (!(await perform({ method: 'DELETE', path: `/api/trash/${contact.id}` }))) return false
  cannotUndo(contact.id)
  notify({ title: text('trash.purged', { name: titleOf(contact) }) })
  return true
}

/** Deletes everything in the trash for good. @returns whether it is gone */
export async function emptyTrash(): Promise<boolean> {
  if (!(await perform({ method: 'DELETE', path: '/api/trash' }))) return false
  cannotUndoDeletions()
  notify({ title: text('trash.emptied') })
  return true
}
