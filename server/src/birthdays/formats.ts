import type { Format } from '../book/formats.ts'

// The birthdays after a day of 9999 lie in a year that no date of RFC 3339 can name.
const lastYear = 9998

const zoneName = /^[A-Za-z][A-Za-z0-9_+/-]*$/

/** The formats of what the list of birthdays is asked for. */
export const birthdayFormats = {
  date: {
    isValid: isDate,
    refusal: `must be a date as YYYY-MM-DD, ${lastYear}-12-31 at the latest.`,
  },
  'time-zone': {
    isValid: isTimeZone,
    refusal: 'must be an IANA time zone such as Europe/Kyiv.',
    pattern: zoneName.source,
  },
} satisfies Record<string, Format>

function isDate(text: string): boolean {
  try {
    if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
    const { year } = Temporal.PlainDate.from(text)
    return year > 0 && year <= lastYear
  } catch {
    return false
  }
}

function isTimeZone(text: string): boolean {
  try {
    // Temporal would also take offsets, and whole dates that have a zone in them.
    return zoneName.test(text) && Boolean(Temporal.Now.zonedDateTimeISO(text))
  } catch {
    return false
  }
}
