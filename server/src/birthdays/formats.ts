import type { Format } from '../book/formats.ts'

/** The formats of what the list of birthdays is asked for. */
export const birthdayFormats = {
  date: { isValid: isDate, refusal: 'must be a date as YYYY-MM-DD.' },
  'time-zone': { isValid: isTimeZone, refusal: 'must be an IANA time zone such as Europe/Kyiv.' },
} satisfies Record<string, Format>

function isDate(text: string): boolean {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(text) && Temporal.PlainDate.from(text).year > 0
  } catch {
    return false
  }
}

function isTimeZone(text: string): boolean {
  try {
    // Temporal would also take offsets, and whole dates that have a zone in them.
    return /^[a-z][\w+/-]*$/i.test(text) && Boolean(Temporal.Now.zonedDateTimeISO(text))
  } catch {
    return false
  }
}
