import { parseBirthday } from '../../book/birthday.ts'
import type { Contact } from '../../book/contact.ts'
import { birthdayLabel, withBirthdayAsDate } from '../../contacts/birthday-as-date.ts'
import { remark, type Remark } from './remark.ts'
import { shortened } from './shortened.ts'

/** Tells of birthdays that stand among the other dates, because they are no day of the calendar until today. */
export function remarksOnBirthday(contact: Contact): Remark[] {
  const { dates } = withBirthdayAsDate(contact)
  return dates.flatMap(({ label, value }) =>
    label === birthdayLabel && !parseBirthday(value)
      ? [remark('birthday_among_dates', { text: shortened(value) })]
      : [],
  )
}
