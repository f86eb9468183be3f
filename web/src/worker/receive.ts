import { labelKey } from '@kith/server/book/label-name'
import type { Contact, Label } from './calls.ts'
import {
  fields,
  fieldsIn,
  isSame,
  pick,
  withValues,
  type Field,
  type Values,
} from './contact-fields.ts'
import type { Edit } from './edit.ts'
import { isLocal } from './local-label.ts'
import { merge } from './merge.ts'
import type { Entry } from './outbox.ts'

type Deletion = Entry & { kind: 'delete' }

/**
 * Takes over a contact as the server has it. What was typed here and not sent yet is merged into it, and
 * shown; what was changed on both sides is shown as theirs, and kept until somebody chooses.
 * @param isOwn whether it is what the server made of a change of this device, so that nobody else changed it
 */
export async function receiveContact(edit: Edit, theirs: Contact, isOwn = false): Promise<void> {
  const entries = edit.entries(theirs.id)
  let shown: Contact = theirs
  let isDeleted = false
  const conflicts: Values = { ...openConflicts(edit, theirs) }
  const next: Entry[] = []
  for (const entry of entries) {
    if (entry.kind === 'patch') {
      const merged = merge(entry.base, entry.values, shown)
      const base = pick(shown, fieldsIn(merged.values))
      shown = withValues(shown, merged.values)
      if (entry.sent) {
        next.push(entry)
        continue
      }
      Object.assign(conflicts, merged.conflicts)
      const isLeft = fieldsIn(merged.values).length > 0
      const { revision, updated_at: updatedAt } = theirs
      const refusal = entry.refusal?.code === 'not_found' ? null : entry.refusal
      if (isLeft) next.push({ ...entry, base, values: merged.values, revision, updatedAt, refusal })
    } else if (entry.kind === 'delete') {
      const deletion = entry.sent ? entry : asSeen(entry as Deletion, shown, isOwn)
      isDeleted = deletion.refusal === null
      next.push(deletion)
    } else if (entry.kind === 'restore') {
      // Nothing is to be sent where it is back already.
      if (isDeleted || entry.sent) next.push(entry)
      isDeleted = false
    } else if (entry.kind === 'photo' && entry.refusal?.code === 'not_found') {
      next.push({ ...entry, refusal: null })
    } else next.push(entry)
  }
  if (entries.length > 0) edit.setEntries(theirs.id, next)
  edit.setConflict(theirs.id, conflicts)
  await (isDeleted ? edit.remove(theirs.id) : edit.put(shown))
}

/**
 * Nobody deletes what they have not seen: they are asked. A revision may be another one for a label that is called
 * otherwise, or for a merge of their own.
 */
function asSeen(entry: Deletion, shown: Contact, isOwn: boolean): Deletion {
  const seen = entry.contact
  const isSeen =
    isOwn || [...fields, 'photo' as const].every((field) => isSame(seen?.[field], shown[field]))
  return { ...entry, contact: shown, refusal: isSeen ? entry.refusal : changedSince }
}

const changedSince = { code: 'stale', detail: '', pointers: [] }

function openConflicts(edit: Edit, theirs: Contact): Values {
  const mine = edit.conflict(theirs.id)?.mine ?? {}
  const open = Object.entries(mine).filter(
    ([field, value]) => !isSame(theirs[field as Field], value),
  )
  return Object.fromEntries(open)
}

/**
 * A contact is gone, or in the trash. What was typed of it stays in the outbox with what it was typed into, and
 * will be refused.
 */
export async function receiveRemoval(edit: Edit, id: string): Promise<void> {
  const entries = edit.entries(id)
  const isToCome = entries.some(
    ({ kind, sent, refusal }) =>
      !sent && (kind === 'create' || (kind === 'restore' && refusal === null)),
  )
  if (isToCome) return
  const gone = await edit.contact(id)
  if (gone && entries.length > 0) {
    // A deletion that was refused is done now.
    const left = entries.filter(({ kind, refusal }) => kind !== 'delete' || refusal === null)
    edit.setEntries(
      id,
      left.map((entry) => (entry.kind === 'patch' ? { ...entry, gone } : entry)),
    )
  }
  edit.setConflict(id, null)
  await edit.remove(id)
}

/** A label as the server has it, perhaps one that was named here before it was made there. */
export async function receiveLabel(edit: Edit, label: Label): Promise<void> {
  const key = labelKey(label.name)
  const local = [...edit.labels()].find((one) => isLocal(one) && labelKey(one.name) === key)
  const before = edit.label(label.id)
  const isRenamed = before?.name !== label.name
  const localId = local?.id ?? before?.localId
  edit.putLabel({
    id: label.id,
    name: label.name,
    colour: label.colour,
    ...(localId && { localId }),
  })
  if (local) await replaceLabel(edit, local.id, label.id)
  // Its contacts are found by its name.
  for (const id of isRenamed ? edit.labelled(label.id) : []) {
    const contact = await edit.contact(id)
    if (contact) await edit.put(contact)
  }
}

/** A label is gone: changes that give it go on without it, also those that were refused for its sake. */
export function receiveLabelRemoval(edit: Edit, id: string): Promise<void> {
  return replaceLabel(edit, id, null)
}

/** @param after null where the label is gone */
async function replaceLabel(edit: Edit, before: string, after: string | null): Promise<void> {
  edit.removeLabel(before)
  const replaced = (ids: string[]) => [
    ...new Set(ids.flatMap((id) => (id === before ? (after ?? []) : id))),
  ]
  for (const contactId of edit.labelled(before)) {
    const contact = await edit.contact(contactId)
    if (contact) await edit.put({ ...contact, label_ids: replaced(contact.label_ids) })
  }
  const inValues = (values: Values): Values =>
    values.label_ids ? { ...values, label_ids: replaced(values.label_ids) } : values
  for (const contactId of new Set(edit.allEntries().map((entry) => entry.contactId))) {
    const entries = edit.entries(contactId).map((entry): Entry => {
      // Deletions and restorations give no label, and were refused for another reason.
      const given =
        entry.kind === 'patch' ? entry.values : entry.kind === 'create' ? entry.contact : null
      const isMended = given?.label_ids?.includes(before)
      const refusal = isMended ? null : entry.refusal
      if (entry.kind === 'patch') {
        return { ...entry, refusal, base: inValues(entry.base), values: inValues(entry.values) }
      }
      if (entry.kind === 'photo' || !entry.contact) return entry
      const label_ids = replaced(entry.contact.label_ids)
      return { ...entry, refusal, contact: { ...entry.contact, label_ids } }
    })
    edit.setEntries(contactId, entries)
  }
}
