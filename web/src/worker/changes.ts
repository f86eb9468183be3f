import { labelKey } from '@kith/server/book/label-name'
import { v7 as uuid } from 'uuid'
import type { Change, Contact, Label, Patch } from './calls.ts'
import { ask, choose } from './choose.ts'
import { emptyContact, fields, pick, valuesOf, withValues, type Values } from './contact-fields.ts'
import { discardEntry, putBack, withLabelsOf } from './discard.ts'
import type { Edit } from './edit.ts'
import { about, enqueue } from './enqueue.ts'
import { withKnownLabels } from './known-labels.ts'
import { localIdOf } from './local-label.ts'
import { patchContact, revert } from './patch-contact.ts'
import { photosOf, setPhoto } from './set-photo.ts'
import type { Step } from './step.ts'
import { titleOf } from './title.ts'

type LabelChange = Extract<Change, { kind: 'label' }>
type SaveAsNew = Extract<Change, { kind: 'save-as-new' }>

/**
 * Applies edits to the copy of the book and puts them into the outbox.
 * @returns what undoes them, in the order in which that is to be done
 */
export async function applyChanges(edit: Edit, changes: readonly Step[]): Promise<Step[]> {
  const undo: Step[][] = []
  for (const change of changes) undo.push(await applyChange(edit, change))
  return undo.toReversed().flat()
}

async function applyChange(edit: Edit, change: Step): Promise<Step[]> {
  if (change.kind === 'create') return create(edit, change.id, change.contact)
  if (change.kind === 'patch') {
    const before = withKnownLabels(edit, change.before ?? {})
    return patchContact(edit, change.id, withLabelIds(edit, change.patch), before)
  }
  if (change.kind === 'revert') return revert(edit, change)
  if (change.kind === 'choose') return choose(edit, change)
  if (change.kind === 'ask') return ask(edit, change)
  if (change.kind === 'label') return setLabel(edit, change)
  if (change.kind === 'photo') return setPhoto(edit, change)
  if (change.kind === 'delete') return remove(edit, change.id)
  if (change.kind === 'discard') return discardEntry(edit, change.opId)
  if (change.kind === 'put-back') return putBack(edit, change)
  if (change.kind === 'save-as-new') return saveAsNew(edit, change)
  if (!('deleted' in change)) return restore(edit, change.id, null)
  const { id, deleted } = change
  // A form may not have heard that its contact was sent.
  const isOnServer = change.isOnServer || edit.entries(id).length > 0
  return isOnServer ? restore(edit, id, deleted) : makeAgain(edit, deleted)
}

async function create(edit: Edit, id: string, sent: Patch): Promise<Step[]> {
  const at = new Date().toISOString()
  const empty = emptyContact(id, at)
  return makeAgain(edit, withValues(empty, valuesOf(empty, withLabelIds(edit, sent))))
}

async function makeAgain(edit: Edit, contact: Contact): Promise<Step[]> {
  const { id } = contact
  await edit.put(contact)
  enqueue(edit, { ...about(edit, id, titleOf(contact, false)), kind: 'create', contact })
  return [{ kind: 'delete', id }]
}

async function setLabel(edit: Edit, change: LabelChange): Promise<Step[]> {
  const contact = await edit.contact(change.id)
  const label = labelNamed(edit, change.name)
  const isGiven = label !== undefined && (contact?.label_ids.includes(label.id) ?? false)
  if (!contact || isGiven === change.isGiven) return []
  const { id: labelId } = label ?? makeLocal(edit, change.name)
  const { label_ids: before } = contact
  const label_ids = isGiven ? before.filter((id) => id !== labelId) : [...before, labelId]
  await patchContact(edit, change.id, { label_ids })
  return [{ ...change, isGiven }]
}

async function remove(edit: Edit, id: string): Promise<Step[]> {
  const contact = await edit.contact(id)
  if (!contact) return []
  const photos = photosOf(edit, id)
  const isMadeHere = edit.entries(id).some(({ kind }) => kind === 'create')
  await edit.remove(id)
  enqueue(edit, { ...about(edit, id, titleOf(contact, false)), kind: 'delete', contact })
  edit.setConflict(id, null)
  // One that was made here and not sent leaves nothing to be sent; so does one whose restoration was not sent.
  const isOnServer = !isMadeHere || edit.entries(id).length > 0
  return [{ kind: 'restore', id, deleted: contact, isOnServer }, ...photos]
}

async function restore(edit: Edit, id: string, deleted: Contact | null): Promise<Step[]> {
  const last = edit.entries(id).at(-1)
  // It came back in another way, or its deletion was refused and is asked about.
  if (await edit.contact(id)) return last?.kind === 'delete' ? discardEntry(edit, last.opId) : []
  const contact = last?.kind === 'delete' ? last.contact : deleted
  if (contact) await edit.put(contact)
  const title = contact ? titleOf(contact, false) : (last?.title ?? '')
  enqueue(edit, { ...about(edit, id, title), kind: 'restore', contact: contact ?? null })
  bringBackEdits(edit, id)
  return [{ kind: 'delete', id }]
}

/** Edits that were refused, and went with the contact when it was deleted: they are tried again. */
function bringBackEdits(edit: Edit, id: string): void {
  const { deletedEdits = [] } = edit.meta()
  const others = deletedEdits.filter(({ contactId }) => contactId !== id)
  if (others.length === deletedEdits.length) return
  for (const one of deletedEdits) {
    if (one.contactId !== id) continue
    enqueue(edit, { ...withLabelsOf(edit, one), ...about(edit, id, one.title) })
  }
  edit.setMeta({ deletedEdits: others })
}

/** Makes a contact of what is kept of one that was deleted for good, with what was typed of it since. */
async function saveAsNew(edit: Edit, { id, opId }: SaveAsNew): Promise<Step[]> {
  const refused = edit.allEntries().find((entry) => entry.opId === opId)
  if (refused?.kind !== 'restore' || !refused.contact) return []
  const { contactId, contact } = refused
  const entries = edit.entries(contactId)
  const empty = emptyContact(id, new Date().toISOString())
  const typed = entries.map((entry) => (entry.kind === 'patch' ? entry.values : {}))
  const values: Values = Object.assign(pick(contact, fields), ...typed)
  const photos = photosOf(edit, contactId)
  edit.setEntries(contactId, [])
  const undo = await makeAgain(edit, withValues(empty, values))
  for (const { photo } of photos) await setPhoto(edit, { kind: 'photo', id, photo })
  return [...undo, { kind: 'put-back', id: contactId, entries, shown: null }]
}

/** The ids by which the server knows labels; those named for the first time get one of this device. */
function withLabelIds(edit: Edit, { labels: names, ...patch }: Patch): Patch {
  if (!names) return withKnownLabels(edit, patch)
  const ids = names.map((name) => (labelNamed(edit, name) ?? makeLocal(edit, name)).id)
  return { ...patch, label_ids: [...new Set(ids)] }
}

function labelNamed(edit: Edit, name: string): Label | undefined {
  const key = labelKey(name)
  return [...edit.labels()].find((label) => labelKey(label.name) === key)
}

function makeLocal(edit: Edit, name: string): Label {
  const label = { id: localIdOf(uuid()), name, colour: null }
  edit.putLabel(label)
  return label
}
