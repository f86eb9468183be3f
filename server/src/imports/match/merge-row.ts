import type { Contact } from '../../book/contact.ts'
import { lists, textFields } from '../../book/fields.ts'
import type { RowEntry } from '../file/entry.ts'

/**
 * A contact with what a row says of it. What the row leaves empty stays, and so do values of lists
 * for which the file has no columns. A row that is the whole contact takes its place.
 */
export function mergeRow(
  before: Contact,
  { contact, columns }: Pick<RowEntry, 'contact' | 'columns'>,
): Contact {
  if (columns === 'all') return contact
  const merged: Contact = { ...before }
  for (const field of textFields) if (contact[field] !== null) merged[field] = contact[field]
  for (const list of lists) {
    if (contact[list].length === 0) continue
    const beyond = before[list].slice(Math.max(columns[list] ?? 0, contact[list].length))
    Object.assign(merged, { [list]: [...contact[list], ...beyond] })
  }
  return merged
}
