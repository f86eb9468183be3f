import { withValues } from './contact-fields.ts'
import { doubt } from './doubt.ts'
import type { Edit } from './edit.ts'
import { withKnownLabels } from './known-labels.ts'
import type { Entry } from './outbox.ts'
import { receiveContact } from './receive.ts'
import type { Discarded, Step } from './step.ts'

/**
 * Takes a change back that is not to be sent; what the server has instead is read anew.
 * @returns what puts it back
 */
export async function discardEntry(edit: Edit, opId: string): Promise<Step[]> {
  const entry = edit.allEntries().find((one) => one.opId === opId)
  if (!entry) return []
  const { contactId } = entry
  doubt(edit, entry)
  const shown = await edit.contact(contactId)
  const before = edit.entries(contactId)
  const isDiscarded = ({ seq }: Entry) => entry.kind === 'create' || seq === entry.seq
  edit.setEntries(
    contactId,
    before.filter((one) => !isDiscarded(one)),
  )
  if (entry.kind === 'create' || entry.kind === 'restore') await edit.remove(contactId)
  if (entry.kind === 'patch' && shown) {
    await edit.put({ ...withValues(shown, entry.base), updated_at: entry.updatedAt })
  }
  if (entry.kind === 'delete' && entry.contact) await edit.put(entry.contact)
  return [{ kind: 'put-back', id: contactId, entries: before.filter(isDiscarded), shown }]
}

/** Puts discarded changes back, as far as the contact has not become what they wanted meanwhile. */
export async function putBack(edit: Edit, { id, entries, shown }: Discarded): Promise<Step[]> {
  const contact = await edit.contact(id)
  const others = edit.entries(id)
  const isMade = entries.some(({ kind }) => kind === 'create' || kind === 'restore')
  const isLeft = ({ kind }: Entry) =>
    contact ? kind !== 'create' && kind !== 'restore' : kind !== 'delete' || isMade
  edit.setEntries(
    id,
    entries.filter(isLeft).map((entry) => withLabelsOf(edit, entry)),
  )
  // Merges them into what the contact is now.
  if (contact) await receiveContact(edit, contact)
  else if (shown && isMade) await edit.put(withKnownLabels(edit, shown))
  const isBack = edit.entries(id).length > 0
  putInOrder(edit, id, [...edit.entries(id), ...others])
  return isBack ? [{ kind: 'discard', id, opId: '' }] : []
}

/** Those that were there before keep their order; another change may have got the place of one meanwhile. */
function putInOrder(edit: Edit, id: string, entries: readonly Entry[]): void {
  const sorted = entries.toSorted((one, other) => one.seq - other.seq)
  edit.setEntries(id, [])
  const first = edit.nextSeq()
  edit.setEntries(
    id,
    sorted.map((entry, at) => ({ ...entry, seq: first + at })),
  )
}

/** A change, without the labels that are gone by now. */
export function withLabelsOf(edit: Edit, entry: Entry): Entry {
  if (entry.kind === 'patch') {
    const { base, values } = entry
    return { ...entry, base: withKnownLabels(edit, base), values: withKnownLabels(edit, values) }
  }
  return entry.kind !== 'photo' && entry.contact
    ? { ...entry, contact: withKnownLabels(edit, entry.contact) }
    : entry
}
