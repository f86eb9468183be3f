import { daysIn } from '@kith/server/book/birthday'
import { currentLocale } from '../strings/text.ts'

/** “10 December 1815”, or “10 December” of `--12-10`; a text that is no day of the calendar as it is. */
export function formatBirthday(birthday: string): string {
  const [, year, month, day] = /^(\d{4}|-)-(\d\d)-(\d\d)$/.exec(birthday) ?? []
  if (!year || !month || !day) return birthday
  const isYearKnown = year !== '-'
  if (!isDay(isYearKnown ? Number(year) : 2000, Number(month), Number(day))) return birthday
  // A leap year, so that 29 February stays itself.
  const date = new Date(`${isYearKnown ? year : '2000'}-${month}-${day}T00:00:00Z`)
  return new Intl.DateTimeFormat(currentLocale(), {
    day: 'numeric',
    month: 'long',
    ...(isYearKnown && { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(date)
}

const isDay = (year: number, month: number, day: number) => day > 0 && day <= daysIn(year, month)
