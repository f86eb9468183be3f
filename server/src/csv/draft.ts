import { emptyContact, type Contact } from '../book/contact.ts'
import type { ListField } from '../book/fields.ts'

/** What is read from a row: a contact, the names of its labels, and in our own files its UID. */
export type Reading = {
  contact: Contact
  labels: string[]
  uid: string | null
  /** What its card says that no field holds, as custom fields: in our own files, if there is any. */
  beyond?: Contact['custom_fields']
}

/** A reading while it is filled. `preferred` counts the preferred values that begin each list. */
export type Draft = Reading & { preferred: Map<ListField, number> }

/** Adds to a draft what a row has in one column, or in several that hold one value. */
export type ColumnReader = (cells: string[], draft: Draft) => void

export function emptyDraft(): Draft {
  return { contact: emptyContact(), labels: [], uid: null, preferred: new Map() }
}

/** Keeps a value that no field of a contact can hold, under the header of its column. */
export function addCustomField({ contact }: Draft, header: string, value: string): void {
  const label = header.trim()
  if (value !== '') contact.custom_fields.push({ label: label === '' ? null : label, value })
}
