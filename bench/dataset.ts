import { formatBirthday, parseBirthday } from '../server/src/book/birthday.ts'
import { notesText } from '../server/src/book/notes-text.ts'
import { searchText } from '../server/src/book/search-text.ts'
import { sortKey } from '../server/src/book/sort-key.ts'
import { sampleContacts, type SampleContact } from '../server/src/contacts/sample-contacts.ts'
import { simpleContact } from '../server/test/simple-contact.ts'
import { idsPerUser } from './ids.ts'

/** Every search and every birthday list asks as if this were today. */
export const today = Temporal.PlainDate.from('2026-06-15')

/** A contact as its columns, the derived ones made by the server's own functions. */
export type SampleRow = ReturnType<typeof toRow>

export type Dataset = ReturnType<typeof describeDataset>

/** Every fifth contact of a user has all fields, for what cannot deal with nulls. */
export const completeEvery = 5

const people = 4_999
// Without a common divisor: each user's book starts at another place.
const bookStride = 1_009

/**
 * Who and what is in the database: the same for the same numbers. Users are numbered from 1, the
 * contacts of each from 0.
 */
export function describeDataset({ users, contacts, active }: Record<Size, number>) {
  if (contacts >= idsPerUser) throw new RangeError('too many contacts for the ids')
  const samples = sampleContacts(people, today)
  const rows = samples.map(toRow)
  const completeRows = samples.map((sample, index) => toRow(completed(sample, index)))
  const activeUsers = Math.min(active, users)
  const stride = Math.floor(users / activeUsers)
  return {
    users,
    contacts,
    active: activeUsers,
    /** The users who send requests, spread evenly: 1, 1 + stride, 1 + 2 * stride … */
    stride,
    rows,
    completeRows,
    /** Behind 90 % of a list, in whatever book: all are drawn from the same people. */
    deepKey: keyAt(rows, 0.9),
  }
}

type Size = 'users' | 'contacts' | 'active'

/** The place of a contact's row in `rows` and `completeRows`. */
export function placeOf(user: number, contact: number): number {
  return (user * bookStride + contact) % people
}

export function isComplete(contact: number): boolean {
  return contact % completeEvery === 0
}

function toRow(sample: SampleContact) {
  const { first_name, last_name, email, phone, additional_data } = sample
  const birthday = parseBirthday(sample.birthday ?? '')
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

function completed(sample: SampleContact, index: number): SampleContact {
  const md = parseBirthday(sample.birthday ?? '')?.md ?? 1_001 + (index % 28)
  return {
    first_name: sample.first_name ?? 'Marie',
    last_name: sample.last_name ?? 'Lindqvist',
    email: sample.email ?? `sample${index}@example.org`,
    phone: sample.phone ?? '+44 7700 900123',
    // 2000 had a 29 February.
    birthday: formatBirthday({ year: 2000, md }),
    additional_data: sample.additional_data ?? 'Met at the climbing hall on Tuesdays.',
  }
}

/** The sort key that `share` of all rows stand before, in the order of the collation "C". */
function keyAt(rows: SampleRow[], share: number): string {
  const keys = rows.map((row) => Buffer.from(row.sort_key)).sort((a, b) => a.compare(b))
  return keys[Math.floor(keys.length * share)]?.toString() ?? ''
}
