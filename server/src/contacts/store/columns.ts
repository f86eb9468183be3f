import { formatBirthday, parseBirthday } from '../../book/birthday.ts'
import type { Contact } from '../../book/contact.ts'
import { lists, otherTextFields, type ListField } from '../../book/fields.ts'
import type { SortAs } from '../../book/filed-under.ts'
import { notesText } from '../../book/notes-text.ts'
import { searchText } from '../../book/search-text.ts'
import { sortKey } from '../../book/sort-key.ts'

/**
 * The fields that no column of their own holds, under the names of the API; empty ones are absent.
 * E-mails and phones are here unless there is only one, without a label. A birthday is here only if
 * the columns cannot hold it: one in the future, from a card.
 */
export type ContactDoc = Partial<Contact>

/** The columns that describe the person: all but owner, id, revision, labels and times. */
export type Columns = {
  first_name: string | null
  last_name: string | null
  email: string | null
  phone: string | null
  /** A birthday without a year has no `bday_year`; `bday_md` is month * 100 + day. */
  bday_year: number | null
  bday_md: number | null
  additional_data: string | null
  doc: ContactDoc
  sort_key: string
  search: string
  /** What is searched only where that is asked for: notes, addresses and custom fields. */
  notes_search: string | null
}

/** The columns that do not depend on labels. */
export type PersonColumns = Omit<Columns, 'search' | 'notes_search'>

/**
 * Increased whenever {@link toColumns} makes different columns of the same contact. A server then
 * rewrites those of older versions; until it is done there are rows of both.
 */
export const columnsVersion = 5

const docLists = lists.filter((list) => list !== 'emails' && list !== 'phones')

/**
 * The only place that makes columns of a contact, derived ones included.
 * @param sortAs what its card, if it has one, says of its place in the order
 */
export function toColumns(
  contact: Contact,
  labelNames: readonly string[],
  sortAs: SortAs | null = null,
): Columns {
  return {
    ...personColumns(contact, sortAs),
    search: searchText(contact, labelNames),
    notes_search: notesText(contact),
  }
}

/** All columns but the texts for searches, which need the labels as well, or take time. */
export function personColumns(contact: Contact, sortAs: SortAs | null): PersonColumns {
  const { first_name, last_name, additional_data } = contact
  const birthday = contact.birthday === null ? undefined : parseBirthday(contact.birthday)
  return {
    first_name,
    last_name,
    email: contact.emails[0]?.value ?? null,
    phone: contact.phones[0]?.value ?? null,
    bday_year: birthday?.year ?? null,
    bday_md: birthday?.md ?? null,
    additional_data,
    doc: docOf(contact, birthday !== undefined),
    sort_key: sortKey(contact, sortAs),
  }
}

/** The inverse of {@link toColumns}, in this and every earlier version. */
export function fromColumns(row: Omit<PersonColumns, 'sort_key'>): Contact {
  const { doc, email, phone, bday_md: md } = row
  // Written out for speed: this runs for every contact that is read.
  return {
    prefix: doc.prefix ?? null,
    first_name: row.first_name,
    middle_name: doc.middle_name ?? null,
    last_name: row.last_name,
    suffix: doc.suffix ?? null,
    phonetic_first_name: doc.phonetic_first_name ?? null,
    phonetic_middle_name: doc.phonetic_middle_name ?? null,
    phonetic_last_name: doc.phonetic_last_name ?? null,
    nickname: doc.nickname ?? null,
    company: doc.company ?? null,
    department: doc.department ?? null,
    job_title: doc.job_title ?? null,
    birthday: md === null ? (doc.birthday ?? null) : formatBirthday({ year: row.bday_year, md }),
    additional_data: row.additional_data,
    emails: doc.emails ?? (email === null ? [] : [{ label: null, value: email }]),
    phones: doc.phones ?? (phone === null ? [] : [{ label: null, value: phone }]),
    addresses: doc.addresses ?? [],
    links: doc.links ?? [],
    messengers: doc.messengers ?? [],
    dates: doc.dates ?? [],
    relations: doc.relations ?? [],
    custom_fields: doc.custom_fields ?? [],
  }
}

function docOf(contact: Contact, isBirthdayPlain: boolean): ContactDoc {
  const doc: ContactDoc = {}
  for (const field of otherTextFields) if (contact[field] !== null) doc[field] = contact[field]
  for (const list of docLists) if (contact[list].length > 0) copy(list, contact, doc)
  if (!isPlain(contact.emails)) doc.emails = contact.emails
  if (!isPlain(contact.phones)) doc.phones = contact.phones
  if (contact.birthday !== null && !isBirthdayPlain) doc.birthday = contact.birthday
  return doc
}

function copy<List extends ListField>(
  list: List,
  from: Pick<Contact, List>,
  to: Partial<Pick<Contact, List>>,
): void {
  to[list] = from[list]
}

/** Whether the column of the first value is enough. */
function isPlain(items: Contact['emails']): boolean {
  return items.length === 0 || (items.length === 1 && items[0]?.label === null)
}
