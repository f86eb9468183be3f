import { cardEtag } from './card-etag.ts'
import { columnsVersion } from './columns.ts'
import type { StoredContact } from './stored-contact.ts'

type ContactColumn = {
  name: string
  /** Where it is not text. */
  type?: 'smallint' | 'integer' | 'jsonb' | 'uuid[]'
  valueOf: (contact: StoredContact) => unknown
}

/** The columns of `contacts` that a write sets, said once: every statement names them in this order. */
export const contactColumns: readonly ContactColumn[] = [
  { name: 'first_name', valueOf: ({ columns }) => columns.first_name },
  { name: 'last_name', valueOf: ({ columns }) => columns.last_name },
  { name: 'email', valueOf: ({ columns }) => columns.email },
  { name: 'phone', valueOf: ({ columns }) => columns.phone },
  { name: 'bday_year', type: 'smallint', valueOf: ({ columns }) => columns.bday_year },
  { name: 'bday_md', type: 'smallint', valueOf: ({ columns }) => columns.bday_md },
  { name: 'additional_data', valueOf: ({ columns }) => columns.additional_data },
  { name: 'doc', type: 'jsonb', valueOf: ({ columns }) => columns.doc },
  { name: 'sort_key', valueOf: ({ columns }) => columns.sort_key },
  { name: 'search', valueOf: ({ columns }) => columns.search },
  { name: 'notes_search', valueOf: ({ columns }) => columns.notes_search },
  { name: 'uid', valueOf: ({ uid }) => uid },
  { name: 'label_ids', type: 'uuid[]', valueOf: ({ labelIds }) => labelIds },
  { name: 'photo_hash', valueOf: ({ photoHash }) => photoHash },
  { name: 'proj_version', type: 'smallint', valueOf: () => columnsVersion },
  { name: 'card_etag', valueOf: ({ card }) => card && cardEtag(card.text) },
  {
    name: 'card_size',
    type: 'integer',
    valueOf: ({ card }) => card && Buffer.byteLength(card.text),
  },
]

export const contactColumnNames = contactColumns.map(({ name }) => name).join(', ')

/** Their names and types, for records of JSON. */
export const columnDefinitions = contactColumns
  .map(({ name, type = 'text' }) => `${name} ${type}`)
  .join(', ')

/** Their values in the same order, as parameters of a statement. */
export function columnValues(contact: StoredContact): unknown[] {
  return contactColumns.map(({ type, valueOf }) => {
    const value = valueOf(contact)
    return type === 'jsonb' ? JSON.stringify(value) : value
  })
}

/** Their values by their names, as a row of JSON. */
export function columnRecord(contact: StoredContact): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (const { name, valueOf } of contactColumns) record[name] = valueOf(contact)
  return record
}
