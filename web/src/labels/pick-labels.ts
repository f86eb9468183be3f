import type { Change, Contact, Label } from '../worker/calls.ts'
import { isIdOf } from '../worker/label-id.ts'

type Labelled = Pick<Contact, 'id' | 'label_ids'>

/** Whether all, some or none of the contacts have a label. */
export type Share = 'all' | 'some' | 'none'

export function hasLabel({ label_ids }: Pick<Contact, 'label_ids'>, label: Label): boolean {
  return label_ids.some((id) => isIdOf(label, id))
}

export function shareOf(contacts: readonly Labelled[], label: Label): Share {
  const count = contacts.filter((contact) => hasLabel(contact, label)).length
  if (count === 0) return 'none'
  return count === contacts.length ? 'all' : 'some'
}

/** Gives a label to the contacts, or takes it from them; those that need no change are left out. */
export function labelChanges(
  contacts: readonly Labelled[],
  label: Label,
  isGiven: boolean,
): Change[] {
  const others = contacts.filter((contact) => hasLabel(contact, label) !== isGiven)
  return others.map(({ id }) => labelChange(id, label.name, isGiven))
}

/** Gives the contacts a label that is not there yet, beside those that they have. */
export function newLabelChanges(contacts: readonly Labelled[], name: string): Change[] {
  return contacts.map(({ id }) => labelChange(id, name, true))
}

function labelChange(id: string, name: string, isGiven: boolean): Change {
  return { kind: 'label', id, name, isGiven }
}
