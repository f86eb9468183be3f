import { photoPath, presentContact } from '../contacts/present.ts'
import type { ContactAnswer } from '../contacts/schema.ts'
import type { CardedRow } from '../contacts/store/rows.ts'
import type { StoredContact } from '../contacts/store/stored-contact.ts'
import { toStored } from '../contacts/to-stored.ts'
import { mergedContact, type Merging } from './merged-contact.ts'

/** Contacts, and what they become. */
export type Merged = { into: CardedRow; others: readonly CardedRow[]; merged: StoredContact }

/** What contacts become, as it would be stored. @throws AppError as {@link mergedContact} does */
export function mergedAsStored(merging: Merging): StoredContact {
  const wanted = mergedContact(merging)
  const names = wanted.labelIds.flatMap((id) => merging.labelNames.get(id) ?? [])
  return toStored(wanted, merging.into, names)
}

/**
 * The same as an answer would show it, with the revision of the contact that the others go into. A photo of
 * another one is shown at its path: nothing was written yet.
 */
export function presentMerged({ into, others, merged }: Merged): ContactAnswer {
  const { columns, labelIds: label_ids, uid, photoHash: photo_hash } = merged
  const shown = presentContact({ ...into, ...columns, label_ids, uid, photo_hash })
  const holder = [into, ...others].find((row) => row.photo_hash === photo_hash)
  return { ...shown, photo: holder ? photoPath(holder) : null }
}
