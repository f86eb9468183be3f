import { v7 as newId } from 'uuid'
import { call } from '../data/call.ts'
import { undoableChange } from '../data/change.ts'
import { worker } from '../data/client.ts'
import type { UndoStep } from '../data/undo-steps.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import type { Change, Contact, Label, Patch } from '../worker/calls.ts'
import type { Form } from './form.ts'
import { nameOf } from './names.ts'
import { patchOf, valuesOfBase } from './patch.ts'
import type { PhotoChange } from './photo-field.tsx'
import { fileIn } from './picture.ts'

type Saving = {
  /** Null for a new contact. */
  contact: Contact | null
  /** Whether the contact was deleted, and is to come back. */
  isGone: boolean
  form: Form
  base: Form
  photo: PhotoChange
  labels: readonly Label[]
}

/**
 * Saves a form on this device, from where it is sent; the photo goes to the server at once.
 * @param title what the notice of it says
 * @returns the contact's id, and how to undo it where there was something to save
 */
export async function saveContact(
  saving: Saving,
  title: string,
): Promise<{ id: string; undo: UndoStep | null }> {
  const { form, photo } = saving
  const id = saving.contact?.id ?? newId()
  const changes = changesOf(id, saving)
  const done = changes.length > 0 ? await worker.change(changes) : null
  if (photo) void savePhoto(id, photo, nameOf(form))
  return { id, undo: done && undoableChange(done, { title, ids: [id] }) }
}

function changesOf(id: string, { contact, isGone, form, base, labels }: Saving): Change[] {
  const patch = withLabels(patchOf(form, base), form, labels)
  if (!contact) return [{ kind: 'create', id, contact: patch }]
  const changes: Change[] = []
  if (isGone) {
    // The server gives a contact its first revision.
    changes.push({ kind: 'restore', id, deleted: contact, isOnServer: contact.revision !== '' })
  }
  if (Object.keys(patch).length > 0) {
    changes.push({ kind: 'patch', id, patch, before: valuesOfBase(form, base) })
  }
  return changes
}

/** Labels that are not there yet are given by their names, and then all are. */
function withLabels(patch: Patch, form: Form, labels: readonly Label[]): Patch {
  if (form.newLabels.length === 0) return patch
  const { label_ids: _, ...rest } = patch
  const chosen = labels.filter(({ id }) => form.labelIds.includes(id)).map(({ name }) => name)
  return { ...rest, labels: [...chosen, ...form.newLabels] }
}

/** A photo needs its contact on the server: what waits is sent first. */
async function savePhoto(id: string, photo: NonNullable<PhotoChange>, name: string) {
  await worker.syncNow()
  const path = `/api/contacts/${id}/photo`
  const answer =
    photo.kind === 'remove'
      ? await call({ method: 'DELETE', path })
      : await call({
          method: 'PUT',
          path,
          form: { field: 'file', file: fileIn(photo.url), name: 'photo.webp' },
        })
  if (answer.status >= 200 && answer.status < 300) return worker.syncNow()
  notify({
    kind: 'fault',
    title: text('editing.photoFailed', { name }),
    action: { label: text('editing.photoAgain'), onPress: () => void savePhoto(id, photo, name) },
  })
}
