export type DateOrder = 'day first' | 'month first'

const midnight = /[T ](?:0?0:00|12:00)(?::00)?(?:\.0+)?(?: ?AM| ?Z)?$/i
const compact = /^(\d{4})(\d\d)(\d\d)$/
const yearFirst = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/
const yearless = /^--(\d{1,2})-?(\d\d)$/
const local = /^(\d{1,2})([-./])(\d{1,2})(?:\2(\d{4}|\d\d)?)?$/
const appleUnknownYear = 1604

/**
 * Reads a date as programs write it: ISO 8601, `--MM-DD`, or a local form with `/`, `-` or `.`. With
 * dots the day comes first; otherwise `order` decides, unless the numbers allow only one reading. A
 * year of two digits is one of the last hundred years. 1604 and 0000 are
 * placeholders for an unknown year. An instant in UTC is of the day whose midnight is the nearest: so
 * programs write the midnight of their own zone.
 * @returns `YYYY-MM-DD` or `--MM-DD`; '' if a program wrote zeros for an empty date; null if the text
 * is no date
 */
export function readCellDate(text: string, order: DateOrder): string | null {
  if (instant.test(text)) return nearestDay(text)
  const date = text.replace(midnight, '').replaceAll('. ', '.').trim()
  if (/^[0./-]+$/.test(date) && date.includes('0')) return ''
  const [, month = '', day = ''] = yearless.exec(date) ?? []
  if (month !== '') return formatDate(null, Number(month), Number(day))
  const parts = compact.exec(date) ?? yearFirst.exec(date)
  if (parts) return formatDate(Number(parts[1]), Number(parts[2]), Number(parts[3]))
  const match = local.exec(date)
  if (!match) return null
  const [first, second] = [Number(match[1]), Number(match[3])]
  const year = match[4] === undefined ? null : fullYear(match[4])
  const isDayFirst = match[2] === '.' || (provenOrder(date) ?? order) === 'day first'
  return isDayFirst ? formatDate(year, second, first) : formatDate(year, first, second)
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/
const halfDayMs = 12 * 3_600_000

function nearestDay(text: string): string | null {
  const time = Date.parse(text)
  if (Number.isNaN(time)) return null
  const [year = 0, month = 0, day = 0] = new Date(time + halfDayMs)
    .toISOString()
    .slice(0, 10)
    .split('-')
    .map(Number)
  return formatDate(year, month, day)
}

/** The order of day and month that a date proves; undefined if both could be meant. */
export function provenOrder(text: string): DateOrder | undefined {
  const match = local.exec(text.replace(midnight, ''))
  if (!match || match[2] === '.') return undefined
  const [first, second] = [Number(match[1]), Number(match[3])]
  if (first > 12 && second <= 12) return 'day first'
  return second > 12 && first <= 12 ? 'month first' : undefined
}

function fullYear(digits: string): number {
  if (digits.length === 4) return Number(digits)
  const now = new Date().getFullYear()
  const year = now - (now % 100) + Number(digits)
  return year > now ? year - 100 : year
}

function formatDate(year: number | null, month: number, day: number): string | null {
  const known = year === appleUnknownYear || year === 0 ? null : year
  if (month < 1 || month > 12 || day < 1 || day > daysIn(known, month)) return null
  const monthDay = `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return known === null ? `--${monthDay}` : `${String(known).padStart(4, '0')}-${monthDay}`
}

/** Without a year, 29 February is a date. */
function daysIn(year: number | null, month: number): number {
  return new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate()
}
