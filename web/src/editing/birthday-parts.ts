import { daysIn, formatBirthday, parseBirthday, twoDigits } from '@kith/server/book/birthday'

/** A birthday as it is typed: numbers as text, each empty until it is known. */
export type BirthdayParts = { day: string; month: string; year: string }

export type BirthdayFault = 'incomplete' | 'year' | 'no-such-day' | 'future'

/** @param birthday `YYYY-MM-DD` or `--MM-DD`; null for none */
export function birthdayParts(birthday: string | null): BirthdayParts {
  const parsed = birthday === null ? undefined : parseBirthday(birthday)
  if (!parsed) return { day: '', month: '', year: '' }
  return {
    day: String(parsed.md % 100),
    month: String(Math.floor(parsed.md / 100)),
    year: parsed.year === null ? '' : String(parsed.year),
  }
}

/** The birthday as contacts hold it, null for none, or what is wrong with it. */
export function readBirthday(
  parts: BirthdayParts,
): { text: string | null } | { fault: BirthdayFault } {
  const [day, month, year] = [parts.day.trim(), parts.month, parts.year.trim()]
  if (day === '' && month === '' && year === '') return { text: null }
  if (day === '' || month === '') return { fault: 'incomplete' }
  // Which century `85` is of is not for us to guess.
  if (!/^(?:\d{4})?$/.test(year)) return { fault: 'year' }
  if (!/^\d{1,2}$/.test(day)) return { fault: 'no-such-day' }
  const monthDay = `${twoDigits(Number(month))}-${twoDigits(Number(day))}`
  const text = `${year === '' ? '-' : year}-${monthDay}`
  const parsed = parseBirthday(text)
  if (parsed) return { text: formatBirthday(parsed) }
  const isDay = Number(year || 2000) > 0 && Number(day) > 0
  const isInMonth = Number(day) <= daysIn(Number(year || 2000), Number(month))
  return { fault: isDay && isInMonth ? 'future' : 'no-such-day' }
}
