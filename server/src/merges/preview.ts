import { presentContact } from '../contacts/present.ts'
import type { ContactAnswer } from '../contacts/schema.ts'
import type { CardedRow } from '../contacts/store/rows.ts'
import type { StoredContact } from '../contacts/store/stored-contact.ts'
import { toStored } from '../contacts/to-stored.ts'
import { mergedContact, type Merging } from './merged-contact.ts'

/** What contacts become, as it would be stored. @throws AppError as {@link mergedContact} does */
export function mergedAsStored(merging: Merging): StoredContact {
  const wanted = mergedContact(merging)
  const names = wanted.labelIds.flatMap((id) => merging.labelNames.get(id) ?? [])
  return toStored(wanted, merging.into, names)
}

/** The same as an answer would show it, with the revision of the contact that the others go into. */
export function presentMerged(into: CardedRow, merged: StoredContact): ContactAnswer {
  const { columns, labelIds: label_ids, uid, photoHash: photo_hash } = merged
  return presentContact({ ...into, ...columns, label_ids, uid, photo_hash })
}
