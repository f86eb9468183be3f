import type { Format } from '../book/formats.ts'
import { parseReminder } from './reminders.ts'

/** The formats of what the settings of a calendar hold. */
export const calendarFormats = {
  reminder: {
    isValid: (text) => parseReminder(text) !== undefined,
    refusal: 'must be a duration before 9:00 of the day, such as -P7D, -PT12H or -PT0S.',
    pattern: String.raw`^-?P(?:\d{1,3}W|(?:\d{1,3}D)?(?:T(?:\d{1,4}H)?(?:\d{1,5}M)?(?:\d{1,7}S)?)?)$`,
  },
} satisfies Record<string, Format>
