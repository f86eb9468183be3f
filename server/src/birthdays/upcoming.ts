import type { Birthday } from './birthday.ts'

/** In common years, who was born on 29 February celebrates on this day: month * 100 + day. */
const leapDayCelebratedOn = 228
const leapDay = 229

/** The days whose birthdays may be due: `from` and `to` count; a second range after New Year. */
export type MonthDayRange = { from: number; to: number }

/**
 * The ranges of month * 100 + day that cover every birthday celebrated from `today` to
 * `today + days`, both ends counted. They may hold 29 February beside 28 February in a common year,
 * since both are celebrated that day.
 * @param days 0 to 366
 */
export function monthDayRanges(today: Temporal.PlainDate, days: number): MonthDayRange[] {
  if (days >= 365) return [{ from: 101, to: 1231 }]
  const end = today.add({ days })
  const to = lastCelebratedOn(end)
  if (end.year === today.year) return [{ from: monthDayOf(today), to }]
  return [
    { from: monthDayOf(today), to: 1231 },
    { from: 101, to },
  ]
}

export type Occurrence = {
  /** The next day on or after `today` on which the birthday is celebrated. */
  date: Temporal.PlainDate
  daysUntil: number
  /** The age reached that day; null without a year, or before birth. */
  turns: number | null
}

/** When a birthday is celebrated next: today counts, and 29 February moves in common years. */
export function nextOccurrence(birthday: Birthday, today: Temporal.PlainDate): Occurrence {
  const thisYear = celebrationIn(today.year, birthday.md)
  const isOver = Temporal.PlainDate.compare(thisYear, today) < 0
  const date = isOver ? celebrationIn(today.year + 1, birthday.md) : thisYear
  const age = birthday.year === null ? -1 : date.year - birthday.year
  return { date, daysUntil: today.until(date).days, turns: age < 0 ? null : age }
}

function celebrationIn(year: number, md: number): Temporal.PlainDate {
  const day = md === leapDay && !isLeapYear(year) ? leapDayCelebratedOn : md
  return Temporal.PlainDate.from({ year, month: Math.floor(day / 100), day: day % 100 })
}

/** The last birthday celebrated on `date`: on 28 February of a common year that is 29 February. */
function lastCelebratedOn(date: Temporal.PlainDate): number {
  const md = monthDayOf(date)
  return md === leapDayCelebratedOn && !date.inLeapYear ? leapDay : md
}

function monthDayOf(date: Temporal.PlainDate): number {
  return date.month * 100 + date.day
}

function isLeapYear(year: number): boolean {
  return Temporal.PlainDate.from({ year, month: 1, day: 1 }).inLeapYear
}
