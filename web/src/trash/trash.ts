import type { TrashedContact } from '@kith/server/trash/schema'
import { worker } from '../data/client.ts'
import { perform } from '../data/perform.ts'
import { titleOf } from '../data/title.ts'
import { undoable } from '../data/undo-steps.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'

/** Brings a contact back. @returns whether it is there again */
export async function restore(contact: TrashedContact): Promise<boolean> {
  const { id } = contact
  if (!(await perform({ method: 'POST', path: `/api/trash/${id}/restore` }))) return false
  notify({
    title: text('trash.restored', { name: titleOf(contact) }),
    undo: undoable(() => trashAgain(id)),
    kind: 'done',
  })
  return true
}

async function trashAgain(id: string): Promise<boolean> {
  await worker.change([{ kind: 'delete', id }])
  return true
}

/** Deletes a contact of the trash for good. @returns whether it is gone */
export async function purge(contact: TrashedContact): Promise<boolean> {
  if (!(await perform({ method: 'DELETE', path: `/api/trash/${contact.id}` }))) return false
  notify({ title: text('trash.purged', { name: titleOf(contact) }) })
  return true
}

/** Deletes everything in the trash for good. @returns whether it is gone */
export async function emptyTrash(): Promise<boolean> {
  if (!(await perform({ method: 'DELETE', path: '/api/trash' }))) return false
  notify({ title: text('trash.emptied') })
  return true
}
