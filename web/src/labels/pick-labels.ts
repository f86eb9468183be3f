import type { Change, Contact, Label } from '../worker/calls.ts'

type Labelled = Pick<Contact, 'id' | 'label_ids'>

/** Whether all, some or none of the contacts have a label. */
export type Share = 'all' | 'some' | 'none'

export function shareOf(contacts: readonly Labelled[], labelId: string): Share {
  const count = contacts.filter((contact) => contact.label_ids.includes(labelId)).length
  if (count === 0) return 'none'
  return count === contacts.length ? 'all' : 'some'
}

/** Gives a label to the contacts, or takes it from them; those that need no change are left out. */
export function labelChanges(
  contacts: readonly Labelled[],
  labelId: string,
  isGiven: boolean,
): Change[] {
  return contacts
    .filter((contact) => contact.label_ids.includes(labelId) !== isGiven)
    .map(({ id, label_ids }) => ({
      kind: 'patch',
      id,
      patch: {
        label_ids: isGiven
          ? [...label_ids, labelId]
          : label_ids.filter((labelOfContact) => labelOfContact !== labelId),
      },
    }))
}

/** Gives the contacts a label that is not there yet, beside those that they have. */
export function newLabelChanges(
  contacts: readonly Labelled[],
  name: string,
  labels: readonly Label[],
): Change[] {
  const names = new Map(labels.map((label) => [label.id, label.name]))
  return contacts.map(({ id, label_ids }) => ({
    kind: 'patch',
    id,
    patch: { labels: [...label_ids.flatMap((labelId) => names.get(labelId) ?? []), name] },
  }))
}
