import { nextOccurrence } from '@kith/server/birthdays/upcoming'
import { parseBirthday } from '@kith/server/book/birthday'
import { currentLocale, text } from '../strings/text.ts'

/** “turns 36 in 3 days”, or “in 3 days” where the year is unknown; null of what is no birthday. */
export function whenNext(birthday: string, now = new Date()): string | null {
  const parsed = parseBirthday(birthday)
  if (!parsed) return null
  const today = { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() }
  const { daysUntil, turns } = nextOccurrence(parsed, today)
  const format = new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' })
  const isFar = daysUntil > 60
  const when = isFar
    ? format.format(Math.round(daysUntil / 30.44), 'month')
    : format.format(daysUntil, 'day')
  return turns === null ? when : text('contacts.turns', { age: turns, when })
}
