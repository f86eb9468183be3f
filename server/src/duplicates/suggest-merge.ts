import { maxLabelsOfContact } from '../book/contact.ts'
import { lists, textFields } from '../book/fields.ts'
import { photoPath, presentContact } from '../contacts/present.ts'
import type { ContactAnswer } from '../contacts/schema.ts'
import { fromColumns, personColumns } from '../contacts/store/columns.ts'
import type { WholeRow } from '../contacts/store/rows.ts'
import { joinedFields } from '../merges/merged-contact.ts'

/**
 * The contact that the others would best be merged into, with what all of them say: the one that says
 * most, since its spelling, its card and the order of its values stay; of equal ones the oldest, which
 * other programs have known for longest.
 */
export function suggestMerge(rows: readonly WholeRow[]): ContactAnswer {
  const [into, ...others] = rows.toSorted(
    (one, other) => fullness(other) - fullness(one) || one.created_modseq - other.created_modseq,
  )
  if (!into) throw new Error('a group has contacts')
  const contact = joinedFields(into, others)
  const labelIds = [...new Set(rows.flatMap((row) => row.label_ids))].slice(0, maxLabelsOfContact)
  const merged = { ...into, ...personColumns(contact, null), label_ids: labelIds }
  const pictured = [into, ...others].find((row) => row.photo_hash !== null)
  return { ...presentContact(merged), photo: pictured ? photoPath(pictured) : null }
}

/** How many values a contact has. */
function fullness(row: WholeRow): number {
  const contact = fromColumns(row)
  const texts = textFields.filter((field) => contact[field] !== null).length
  const items = lists.reduce((sum, list) => sum + contact[list].length, 0)
  return texts + items + row.label_ids.length + (row.photo_hash === null ? 0 : 1)
}
