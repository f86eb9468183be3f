import type { Change } from './calls.ts'
import { isField } from './contact-fields.ts'
import type { Edit } from './edit.ts'
import { withKnownLabels } from './known-labels.ts'
import { patchContact } from './patch-contact.ts'
import type { Asked, Step } from './step.ts'

type Choice = Extract<Change, { kind: 'choose' }>

/**
 * Settles a field that was changed here and elsewhere.
 * @returns what takes the choice back: the question is there again
 */
export async function choose(edit: Edit, { id, field, keep }: Choice): Promise<Step[]> {
  const mine = edit.conflict(id)?.mine ?? {}
  if (!isField(field) || !(field in mine)) return []
  const { [field]: value, ...others } = mine
  const asked = { [field]: value }
  const undo = keep === 'mine' ? await patchContact(edit, id, asked) : []
  edit.setConflict(id, others)
  return [...undo, { kind: 'ask', id, mine: asked }]
}

/** Asks again. */
export async function ask(edit: Edit, { id, mine }: Asked): Promise<Step[]> {
  if (!(await edit.contact(id))) return []
  edit.setConflict(id, { ...edit.conflict(id)?.mine, ...withKnownLabels(edit, mine) })
  const fields = Object.keys(mine).filter(isField)
  return fields.map((field) => ({ kind: 'choose', id, field, keep: 'theirs' }))
}
