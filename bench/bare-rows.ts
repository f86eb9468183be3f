import { formatBirthday, parseBirthday } from '../server/src/book/birthday.ts'
import { emptyContact } from '../server/src/book/contact.ts'
import { notesText } from '../server/src/book/notes-text.ts'
import { searchText } from '../server/src/book/search-text.ts'
import { sortKey } from '../server/src/book/sort-key.ts'
import { revisionOf } from '../server/src/contacts/etag.ts'
import { columnsVersion } from '../server/src/contacts/store/columns.ts'
import type { WholeRow } from '../server/src/contacts/store/rows.ts'
import type { UserRow } from '../server/src/db/tables.ts'
import { simpleContact } from '../server/test/simple-contact.ts'

/** As pg reads it. */
export type ContactRow = Omit<WholeRow, 'created_at' | 'updated_at'> & {
  created_at: Date
  updated_at: Date
}

export type Input = Partial<Record<Field, string | null>>
type Field = 'first_name' | 'last_name' | 'email' | 'phone' | 'birthday' | 'additional_data'

export function toUser({ id, username, email, created_at }: UserRow) {
  return { id, username, email, created_at: created_at.toISOString(), avatar: null }
}

export function toContact(row: ContactRow) {
  return {
    id: row.id,
    revision: revisionOf(row),
    first_name: row.first_name,
    last_name: row.last_name,
    email: row.email,
    phone: row.phone,
    birthday:
      row.bday_md === null ? null : formatBirthday({ year: row.bday_year, md: row.bday_md }),
    additional_data: row.additional_data,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

/** With all there is of it, which for these contacts is hardly more. */
export function toWholeContact(row: ContactRow) {
  const { email, phone, doc, label_ids } = row
  return {
    ...emptyContact(),
    ...toContact(row),
    emails: email === null ? [] : [{ label: null, value: email }],
    phones: phone === null ? [] : [{ label: null, value: phone }],
    ...doc,
    label_ids,
    photo: null,
  }
}

/** What is the same in all contacts that are written here. */
export const constants = {
  doc: '{}',
  uid: null,
  label_ids: [],
  photo_hash: null,
  proj_version: columnsVersion,
  card_etag: null,
  card_size: null,
  via: 'api',
  operation: 'changed',
}

export function toColumns(input: Input) {
  const { first_name = null, last_name = null, email = null, phone = null } = input
  const { additional_data = null } = input
  const birthday = parseBirthday(input.birthday ?? '')
  const contact = {
    ...simpleContact({ first_name, last_name, email, phone }),
    additional_data,
  }
  return {
    first_name,
    last_name,
    email,
    phone,
    bday_year: birthday?.year ?? null,
    bday_md: birthday?.md ?? null,
    additional_data,
    sort_key: sortKey(contact),
    search: searchText(contact),
    notes_search: notesText(contact),
  }
}

/** What the cursor that the requests carry says. */
export function readCursor(cursor: string) {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, after_key, after_id] = JSON.parse(text) as string[]
  return { after_key, after_id }
}

export function compareRows(a: ContactRow, b: ContactRow): number {
  if (a.sort_key !== b.sort_key) return a.sort_key < b.sort_key ? -1 : 1
  return a.id < b.id ? -1 : 1
}
