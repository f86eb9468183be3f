import { readDateText, type DateOrder } from '../book/date-text.ts'

const appleUnknownYear = 1604
const zeros = /^[0 .:/-]+$/

/**
 * Reads a date as programs write it into CSV files. Where a local form could mean two days, `order`
 * decides. 1604 and 0000 are placeholders for an unknown year. An instant in UTC is of the day whose
 * midnight is the nearest: so programs write the midnight of their own zone.
 * @returns `YYYY-MM-DD` or `--MM-DD`; '' if a program wrote zeros for an empty date; null if the text
 * is no date
 */
export function readCellDate(text: string, order: DateOrder): string | null {
  if (zeros.test(text) && text.includes('0')) return ''
  const day = instant.test(text) ? nearestDay(text) : text
  return day === null ? null : readDateText(day, { order, unknownYear: appleUnknownYear })
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/
const halfDayMs = 12 * 3_600_000

function nearestDay(text: string): string | null {
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : new Date(time + halfDayMs).toISOString().slice(0, 10)
}
