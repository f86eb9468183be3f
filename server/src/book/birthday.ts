/** A birthday as the database keeps it: `md` is month * 100 + day; no year where it is unknown. */
export type Birthday = { year: number | null; md: number }

/**
 * Reads `YYYY-MM-DD`, or `--MM-DD` where the year is unknown (RFC 6350, 4.3.1, in extended form).
 * @returns undefined for what is no date of the calendar, or lies in the future: after today in UTC,
 *   as everywhere where nobody says in which zone they live
 */
export function parseBirthday(text: string): Birthday | undefined {
  const match = /^(?:(\d{4})|-)-(\d\d)-(\d\d)$/.exec(text)
  if (!match) return undefined
  const year = match[1] === undefined ? null : Number(match[1])
  const [month, day] = [Number(match[2]), Number(match[3])]
  // Without a year, 29 February is a birthday: 2000 had one.
  if (year === 0 || day < 1 || day > daysIn(year ?? 2000, month)) return undefined
  if (year !== null && text > todayInUtc()) return undefined
  return { year, md: month * 100 + day }
}

/** @returns 0 for what is no month */
export function daysIn(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return daysOfMonths[month - 1] ?? 0
}

const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

const dayMs = 24 * 60 * 60 * 1000
let today = { day: -1, text: '' }

// Written anew once a day.
function todayInUtc(): string {
  const day = Math.floor(Date.now() / dayMs)
  if (day !== today.day) today = { day, text: new Date(day * dayMs).toISOString().slice(0, 10) }
  return today.text
}

/** The inverse of {@link parseBirthday}. */
export function formatBirthday({ year, md }: Birthday): string {
  const monthDay = `${twoDigits(Math.floor(md / 100))}-${twoDigits(md % 100)}`
  return year === null ? `--${monthDay}` : `${String(year).padStart(4, '0')}-${monthDay}`
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
