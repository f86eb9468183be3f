import { daysIn, twoDigits } from './birthday.ts'

export type DateOrder = 'day first' | 'month first'

export type DateReading = {
  /** Decides between day and month where both could be meant; without it, such a text is no date. */
  order?: DateOrder | undefined
  /** A placeholder for an unknown year; the year 0000 always is one. */
  unknownYear?: number | undefined
}

type Parts = { year: number | null; month: number; day: number }

/**
 * Reads a date as people and programs write it: ISO 8601 in basic or extended form, with or without
 * zeros in front, `--MM-DD` without a year, local forms with `/`, `-` or `.`, and English names of
 * months. With dots the day comes first. A year of two digits is one of the last hundred years. A time
 * of day is left out.
 * @returns `YYYY-MM-DD` or `--MM-DD`; null if the text is no date of the calendar
 */
export function readDateText(text: string, reading: DateReading = {}): string | null {
  if (text.length > maxLength) return null
  const date = withoutTime(text).replaceAll('. ', '.')
  const parts = isoParts(date) ?? namedParts(date) ?? localParts(date, reading.order)
  return parts && formatDate(parts, reading.unknownYear)
}

/** The order of day and month that a date proves; undefined if both could be meant. */
export function provenOrder(text: string): DateOrder | undefined {
  const match = text.length > maxLength ? null : local.exec(withoutTime(text))
  if (!match || match[2] === '.') return undefined
  const [first, second] = [Number(match[1]), Number(match[3])]
  if (first > 12 && second <= 12) return 'day first'
  return second > 12 && first <= 12 ? 'month first' : undefined
}

const maxLength = 80
const time =
  /(?<=\d)(?:T|T\d\d(?::?\d\d){0,2}(?:[.,]\d{1,9})?| \d\d?(?::\d\d){1,2}(?:[.,]\d{1,9})?(?: ?[AP]M)?)(?: ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$/i
/** A time that no separator sets apart: 19561001000000. */
const joinedTime = /(?<=^\d{8})(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/

function withoutTime(text: string): string {
  return text.trim().replace(time, '').replace(joinedTime, '')
}

const yearFirst = [/^(\d{4})-?(\d\d)-?(\d\d)$/, /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/]
const yearless = [/^--(\d\d)(\d\d)$/, /^--(\d{1,2})-(\d{1,2})$/]
const local = /^(\d{1,2})([-./])(\d{1,2})(?:\2(\d{4}|\d\d)?)?$/

function isoParts(date: string): Parts | null {
  for (const pattern of yearFirst) {
    const match = pattern.exec(date)
    if (match) return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  }
  for (const pattern of yearless) {
    const match = pattern.exec(date)
    if (match) return { year: null, month: Number(match[1]), day: Number(match[2]) }
  }
  return null
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const monthName =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|' +
  'oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const monthFirst = new RegExp(`^${monthName}[. ]? ?(\\d\\d?)(?:st|nd|rd|th)?,? (\\d{4})$`, 'i')
const dayFirst = new RegExp(`^(\\d\\d?)(?:st|nd|rd|th)?[ .-]${monthName}[ .,-]{1,2}(\\d{4})$`, 'i')

function namedParts(date: string): Parts | null {
  const american = monthFirst.exec(date)
  const [, day, name, year] =
    american === null
      ? (dayFirst.exec(date) ?? [])
      : [american[0], american[2], american[1], american[3]]
  if (name === undefined) return null
  const month = months.indexOf(name.slice(0, 3).toLowerCase()) + 1
  return { year: Number(year), month, day: Number(day) }
}

function localParts(date: string, given: DateOrder | undefined): Parts | null {
  const match = local.exec(date)
  if (!match) return null
  const [, , separator, , yearText] = match
  const [first, second] = [Number(match[1]), Number(match[3])]
  const year = yearText === undefined ? null : fullYear(yearText)
  if (given === undefined && !isSurelyDate(date, separator, yearText)) return null
  const isSame = first === second
  const order = separator === '.' || isSame ? 'day first' : (provenOrder(date) ?? given)
  if (order === undefined) return null
  return order === 'day first'
    ? { year, month: second, day: first }
    : { year, month: first, day: second }
}

/** Whether a local form is a date even where nobody says that dates are expected: not `1/2` or `1.2`. */
function isSurelyDate(
  date: string,
  separator: string | undefined,
  year: string | undefined,
): boolean {
  return separator === '.' ? year !== undefined || date.endsWith('.') : year?.length === 4
}

function fullYear(digits: string): number {
  if (digits.length === 4) return Number(digits)
  const now = new Date().getFullYear()
  const year = now - (now % 100) + Number(digits)
  return year > now ? year - 100 : year
}

function formatDate({ year, month, day }: Parts, unknownYear: number | undefined): string | null {
  const known = year === 0 || year === unknownYear ? null : year
  // Without a year, 29 February is a date.
  if (day < 1 || day > daysIn(known ?? 2000, month)) return null
  const monthDay = `${twoDigits(month)}-${twoDigits(day)}`
  return known === null ? `--${monthDay}` : `${String(known).padStart(4, '0')}-${monthDay}`
}
