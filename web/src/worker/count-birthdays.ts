import { nextOccurrence, type CalendarDay } from '@kith/server/birthdays/upcoming'
import { parseBirthday } from '@kith/server/book/birthday'

/** How far a week reaches: today to today + 7, as in the server's list. */
const daysOfWeek = 7

/** How many birthdays there are on a day, and within a week from it, that day among them. */
export function countBirthdays(
  birthdays: readonly (string | null)[],
  today: CalendarDay,
): { today: number; week: number } {
  const count = { today: 0, week: 0 }
  for (const text of birthdays) {
    const birthday = text === null ? undefined : parseBirthday(text)
    if (!birthday) continue
    const { daysUntil } = nextOccurrence(birthday, today)
    if (daysUntil <= daysOfWeek) count.week++
    if (daysUntil === 0) count.today++
  }
  return count
}
