import { celebratedIn } from '../birthdays/upcoming.ts'
import { daysIn } from '../book/birthday.ts'
import { foldLine } from '../vcard/lines/fold-line.ts'
import { writeText } from '../vcard/lines/text-value.ts'
import type { YearlyDate } from './yearly-dates.ts'

// Not all programs show what began before 1970.
const earliestYear = 1970
// Of dates from before that, or without a year: a leap year, since 29 February has to be a day of it.
const firstYear = 1972

export type EventOptions = {
  /** Of the occurrences in these years, both counted, the title says how many years have passed. */
  counted: { from: number; to: number }
  /** When to remind, relative to the start of the day (RFC 5545, 3.8.6.3). */
  triggers: readonly string[]
}

/**
 * A date as iCalendar (RFC 5545): an event that recurs every year for ever, and in the same event's name
 * an exception for each occurrence with a title of its own, as no rule can count years.
 * @param stamp when the contact was changed, as ISO 8601 in UTC
 */
export function writeEvent(date: YearlyDate, stamp: string, options: EventOptions): string {
  const { uid, md, year, title, titleAfter } = date
  const { counted, triggers } = options
  const identity = `UID:${uid}\r\nDTSTAMP:${basicTime(stamp)}\r\n`
  const first = year === null || year < earliestYear ? firstYear : year
  const rule = `${identity}RRULE:${ruleOf(md)}\r\n`
  let text = eventOn(first, md, rule, title, triggers)
  if (year === null || !titleAfter) return text
  // The first occurrence is the event itself: it has no number.
  for (let on = Math.max(counted.from, first, year + 1); on <= counted.to; on++) {
    const exception = `${identity}RECURRENCE-ID;VALUE=DATE:${dayIn(on, md)}\r\n`
    text += eventOn(on, md, exception, titleAfter(on - year), triggers)
  }
  return text
}

/** Who was born on 29 February celebrates on the last day of February. */
function ruleOf(md: number): string {
  return md === 229 ? 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1' : 'FREQ=YEARLY'
}

function eventOn(
  year: number,
  md: number,
  identity: string,
  title: string,
  triggers: readonly string[],
): string {
  const text = writeText(title)
  return (
    `BEGIN:VEVENT\r\n${identity}` +
    `DTSTART;VALUE=DATE:${dayIn(year, md)}\r\nDTEND;VALUE=DATE:${dayAfter(year, md)}\r\n` +
    `${writeLine('SUMMARY', text)}TRANSP:TRANSPARENT\r\n` +
    triggers.map((trigger) => alarm(trigger, text)).join('') +
    'END:VEVENT\r\n'
  )
}

function alarm(trigger: string, text: string): string {
  const line = writeLine('DESCRIPTION', text)
  return `BEGIN:VALARM\r\nACTION:DISPLAY\r\n${line}TRIGGER:${trigger}\r\nEND:VALARM\r\n`
}

/** @param value escaped as its type demands */
export function writeLine(name: string, value: string): string {
  return `${foldLine(`${name}:${value}`, '\r\n')}\r\n`
}

function dayIn(year: number, md: number): string {
  return basicDate(year, celebratedIn(year, md))
}

function dayAfter(year: number, md: number): string {
  const day = celebratedIn(year, md)
  const month = Math.floor(day / 100)
  if (day % 100 < daysIn(year, month)) return basicDate(year, day + 1)
  return month === 12 ? basicDate(year + 1, 101) : basicDate(year, (month + 1) * 100 + 1)
}

function basicDate(year: number, md: number): string {
  return `${year}${String(md).padStart(4, '0')}`
}

/** From ISO 8601 with milliseconds. */
function basicTime(time: string): string {
  return `${time.slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}
