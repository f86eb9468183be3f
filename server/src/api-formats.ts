import { accountFormats } from './accounts/formats.ts'
import { birthdayFormats } from './birthdays/formats.ts'
import { contactFormats } from './book/formats.ts'
import { calendarFormats } from './calendar/formats.ts'
import { preferenceFormats } from './preferences/formats.ts'

/** Every string format that a schema of the API may name. */
export const apiFormats = {
  ...contactFormats,
  ...accountFormats,
  ...birthdayFormats,
  ...preferenceFormats,
  ...calendarFormats,
}
