import { asStored } from './as-stored.ts'
import type { Contact, Patch } from './calls.ts'
import {
  fieldsIn,
  isSame,
  pick,
  valuesOf,
  withValues,
  type Field,
  type Values,
} from './contact-fields.ts'
import type { Edit } from './edit.ts'
import { about, enqueue } from './enqueue.ts'
import { withKnownLabels } from './known-labels.ts'
import { merge } from './merge.ts'
import type { Edited, Step } from './step.ts'
import { titleOf } from './title.ts'

/**
 * Changes fields of a contact; where others changed them since they were typed, both are merged.
 * @param before what was there when they were typed, where that may not be what is there now
 * @returns what takes it back
 */
export async function patchContact(
  edit: Edit,
  id: string,
  sent: Patch,
  before: Values = {},
): Promise<Step[]> {
  const contact = await edit.contact(id)
  if (!contact) return []
  const typed = valuesOf(contact, sent)
  const names = fieldsIn(typed)
  if (names.length === 0) return []
  const { values, conflicts } = merge({ ...pick(contact, names), ...before }, typed, contact)
  if (fieldsIn(values).length > 0) await write(edit, contact, values)
  // What is typed anew is the choice, but where others changed it meanwhile.
  closeConflicts(edit, id, names)
  edit.setConflict(id, { ...edit.conflict(id)?.mine, ...conflicts })
  const written = { ...values, ...conflicts }
  return [{ kind: 'revert', id, written, before: pick(contact, fieldsIn(written)) }]
}

async function write(edit: Edit, contact: Contact, values: Values): Promise<void> {
  const next = { ...withValues(contact, values), updated_at: new Date().toISOString() }
  await edit.put(next)
  const base = pick(contact, fieldsIn(values))
  const { id, revision, updated_at: updatedAt } = contact
  const entry = { kind: 'patch', base, values, revision, updatedAt } as const
  enqueue(edit, { ...about(edit, id, titleOf(next, false)), ...entry })
}

/** Takes back what an edit wrote and nobody has changed since, here or elsewhere. */
export async function revert(edit: Edit, { id, ...edited }: Edited): Promise<Step[]> {
  const contact = await edit.contact(id)
  if (!contact) return []
  const written = withKnownLabels(edit, edited.written)
  const before = withKnownLabels(edit, edited.before)
  const stored = asStored(written, contact)
  const mine = edit.conflict(id)?.mine ?? {}
  const asked = fieldsIn(mine).filter((name) => isSame(mine[name], written[name]))
  closeConflicts(edit, id, asked)
  const undo = await patchContact(edit, id, merge(stored, before, contact).values)
  // Who takes back what they typed, no longer wants to choose.
  const isChanged = undo.length > 0 || asked.length > 0
  return isChanged ? [{ kind: 'revert', id, written: before, before: written }] : []
}

function closeConflicts(edit: Edit, id: string, names: readonly Field[]): void {
  const mine: Values = { ...edit.conflict(id)?.mine }
  for (const name of names) delete mine[name]
  edit.setConflict(id, mine)
}
