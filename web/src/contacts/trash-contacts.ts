import { changeContacts } from '../data/change.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'

/** Moves contacts to the trash at once, and says so with a way back. */
export async function trashContacts(contacts: readonly { id: string; name: string }[]) {
  const ids = contacts.map(({ id }) => id)
  const [only] = contacts
  const title =
    contacts.length === 1 && only
      ? text('contacts.trashed', { name: only.name })
      : text('contacts.trashedMany', { count: contacts.length })
  const changes = ids.map((id) => ({ kind: 'delete', id }) as const)
  const undo = await changeContacts(changes, { title, ids, areGone: true })
  if (undo) notify({ title, undo })
}
