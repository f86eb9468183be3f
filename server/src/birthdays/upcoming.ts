import { isLeapYear, twoDigits, type Birthday } from '../book/birthday.ts'

/** In common years, who was born on 29 February celebrates on this day: month * 100 + day. */
const leapDayCelebratedOn = 228
const leapDay = 229

/** A day of the calendar; `Temporal.PlainDate` is one, and so is what a browser without it has. */
export type CalendarDay = { year: number; month: number; day: number }

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
  /** The next day on or after `today` on which the birthday is celebrated: `YYYY-MM-DD`. */
  date: string
  daysUntil: number
  /** The age reached that day; null without a year, or before birth. */
  turns: number | null
}

/**
 * When a birthday is celebrated next: today counts, and 29 February moves in common years. In whole
 * numbers, since a list asks this for every row.
 */
export function nextOccurrence(birthday: Birthday, today: CalendarDay): Occurrence {
  const isOver = celebratedIn(today.year, birthday.md) < monthDayOf(today)
  const year = isOver ? today.year + 1 : today.year
  const md = celebratedIn(year, birthday.md)
  const [month, day] = [Math.floor(md / 100), md % 100]
  const age = birthday.year === null ? -1 : year - birthday.year
  return {
    date: `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`,
    daysUntil: dayNumber(year, month, day) - dayNumber(today.year, today.month, today.day),
    turns: age < 0 ? null : age,
  }
}

/** Days since 1 March of the year 0, when the leap day is the last one of a year. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1
  const monthFromMarch = (month + 9) % 12
  const daysBefore = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + daysBefore
}

/** The day of a year on which a birthday is celebrated, as month * 100 + day. */
export function celebratedIn(year: number, md: number): number {
  return md === leapDay && !isLeapYear(year) ? leapDayCelebratedOn : md
}

/** The last birthday celebrated on `date`: on 28 February of a common year that is 29 February. */
function lastCelebratedOn(date: Temporal.PlainDate): number {
  const md = monthDayOf(date)
  return md === leapDayCelebratedOn && !date.inLeapYear ? leapDay : md
}

function monthDayOf(date: CalendarDay): number {
  return date.month * 100 + date.day
}
