import { v7 as newId } from 'uuid'
import { undoableChange } from '../data/change.ts'
import { worker } from '../data/client.ts'
import type { UndoStep } from '../data/undo-steps.ts'
import type { Change, Contact, Label, Patch } from '../worker/calls.ts'
import type { Form } from './form.ts'
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
 * Saves a form on this device, from where it is sent, the photo with it.
 * @param title what the notice of it says
 * @returns the contact's id, and how to undo it where there was something to save
 */
export async function saveContact(
  saving: Saving,
  title: string,
): Promise<{ id: string; undo: UndoStep | null }> {
  const id = saving.contact?.id ?? newId()
  const changes = [...changesOf(id, saving), ...photoChangeOf(id, saving)]
  const done = changes.length > 0 ? await worker.change(changes) : null
  // A photo is not undone.
  const isUndoable = changes.some(({ kind }) => kind !== 'photo')
  return { id, undo: done && isUndoable ? undoableChange(done, { title, ids: [id] }) : null }
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

function photoChangeOf(id: string, { photo }: Saving): Change[] {
  return photo
    ? [{ kind: 'photo', id, photo: photo.kind === 'set' ? fileIn(photo.url) : null }]
    : []
}

/** Labels that are not there yet are given by their names, and then all are. */
function withLabels(patch: Patch, form: Form, labels: readonly Label[]): Patch {
  if (form.newLabels.length === 0) return patch
  const { label_ids: _, ...rest } = patch
  const chosen = labels.filter(({ id }) => form.labelIds.includes(id)).map(({ name }) => name)
  return { ...rest, labels: [...chosen, ...form.newLabels] }
}
