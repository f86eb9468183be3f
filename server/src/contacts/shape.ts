import { formatBirthday } from '../birthdays/birthday.ts'
import { withBirthdayAsDate } from './birthday-as-date.ts'
import { wholeOf } from './project.ts'
import type { ContactRow, WholeRow } from './rows.ts'
import type { Contact, WholeContactAnswer } from './schema.ts'

/** A row as lists show it. */
export function toContact(row: ContactRow): Contact {
  return {
    id: row.id,
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

/** A row with all there is of it. */
export function toWholeContact(row: WholeRow): WholeContactAnswer {
  const { id, email, phone, label_ids, created_at, updated_at, bday_md } = row
  const whole = wholeOf(row)
  // Where the column has a birthday, there is nothing to look for.
  const contact = bday_md === null ? withBirthdayAsDate(whole) : whole
  const rest = { id, email, phone, label_ids, photo: photoPath(row), created_at, updated_at }
  return Object.assign(contact, rest)
}

/** Where a contact's photo is: another path with every photo, so that it can be kept for ever. */
export function photoPath({ id, photo_hash }: Pick<WholeRow, 'id' | 'photo_hash'>): string | null {
  return photo_hash && `/api/contacts/${id}/photo?v=${photo_hash.slice(0, 16)}`
}
