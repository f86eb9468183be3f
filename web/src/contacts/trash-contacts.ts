import { changeContacts } from '../data/change.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'

/** Moves contacts to the trash at once, and says so with a way back. */
export async function trashContacts(contacts: readonly { id: string; name: string }[]) {
  const step = await changeContacts(contacts.map(({ id }) => ({ kind: 'delete', id })))
  if (!step) return
  const [only] = contacts
  notify({
    title:
      contacts.length === 1 && only
        ? text('contacts.trashed', { name: only.name })
        : text('contacts.trashedMany', { count: contacts.length }),
    undo: step,
  })
}
