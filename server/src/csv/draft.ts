import { emptyContact, type Contact } from '../book/contact.ts'
import type { List } from './list-columns.ts'

/** What a row gives: a contact, the names of its labels, and the UID where the file is our own. */
export type Reading = { contact: Contact; labels: string[]; uid: string | null }

/** A reading that is being filled, column by column. */
export type Draft = Reading & { preferred: Map<List, number> }

/** Reads what one column, or a group of columns, says of a row. */
export type ColumnReader = (cells: string[], draft: Draft) => void

export function emptyDraft(): Draft {
  return { contact: emptyContact(), labels: [], uid: null, preferred: new Map() }
}

/** Nothing of a row is lost: what has no other place is a field under the name of its column. */
export function addCustomField({ contact }: Draft, header: string, value: string): void {
  const label = header.trim()
  if (value !== '') contact.custom_fields.push({ label: label === '' ? null : label, value })
}
