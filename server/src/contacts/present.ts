import { formatBirthday } from '../book/birthday.ts'
import { withBirthdayAsDate } from './birthday-as-date.ts'
import { revisionOf } from './etag.ts'
import type { SimpleContact, ContactAnswer } from './schema.ts'
import { fromColumns } from './store/columns.ts'
import type { ShownRow, WholeRow } from './store/rows.ts'

/** A row as lists show it. */
export function presentSimple(row: ShownRow): SimpleContact {
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
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

/** A row as a single contact is shown, with all fields. The simple shape comes first. */
export function presentContact(row: WholeRow): ContactAnswer {
  const whole = fromColumns(row)
  // A birthday that the column can hold is not in the future.
  const contact = row.bday_md === null ? withBirthdayAsDate(whole) : whole
  return {
    id: row.id,
    revision: revisionOf(row),
    first_name: contact.first_name,
    last_name: contact.last_name,
    email: row.email,
    phone: row.phone,
    birthday: contact.birthday,
    additional_data: contact.additional_data,
    created_at: row.created_at,
    updated_at: row.updated_at,
    prefix: contact.prefix,
    middle_name: contact.middle_name,
    suffix: contact.suffix,
    phonetic_first_name: contact.phonetic_first_name,
    phonetic_middle_name: contact.phonetic_middle_name,
    phonetic_last_name: contact.phonetic_last_name,
    nickname: contact.nickname,
    company: contact.company,
    department: contact.department,
    job_title: contact.job_title,
    emails: contact.emails,
    phones: contact.phones,
    addresses: contact.addresses,
    links: contact.links,
    messengers: contact.messengers,
    dates: contact.dates,
    relations: contact.relations,
    custom_fields: contact.custom_fields,
    label_ids: row.label_ids,
    photo: photoPath(row),
  }
}

/** The path of a contact's photo: a new one for each photo, so that clients may cache it for ever. */
export function photoPath({ id, photo_hash }: Pick<WholeRow, 'id' | 'photo_hash'>): string | null {
  return photo_hash && `/api/contacts/${id}/photo?v=${photo_hash.slice(0, 16)}`
}
