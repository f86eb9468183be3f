import { readDateText } from '../../book/date-text.ts'
import type { Version } from '../lines/card.ts'

/** Apple's placeholder for an unknown year, at times without X-APPLE-OMIT-YEAR. */
const appleUnknownYear = '1604'
/** Declared as the placeholder in X-APPLE-OMIT-YEAR if a date really is in 1604. */
const otherUnknownYear = '0001'

/**
 * Reads a date as contacts hold it: `YYYY-MM-DD`, or `--MM-DD` without a year. A time is left out.
 * @param omittedYear the placeholder for an unknown year
 * @returns null if the text is no date of the calendar
 */
export function readCardDate(text: string, omittedYear = appleUnknownYear): string | null {
  const unknownYear = /^\d{4}$/.test(omittedYear) ? Number(omittedYear) : undefined
  return readDateText(text, { unknownYear })
}

/**
 * Writes a date: in basic form in 4.0, in extended form in 3.0, which needs Apple's placeholder for an
 * unknown year.
 */
export function writeCardDate(date: string, version: Version): { params: string; value: string } {
  if (date.startsWith(appleUnknownYear)) {
    const value = version === '4.0' ? date.replaceAll('-', '') : date
    return { params: `;X-APPLE-OMIT-YEAR=${otherUnknownYear}`, value }
  }
  if (version === '4.0') {
    const isYearless = date.startsWith('--')
    return { params: '', value: (isYearless ? '--' : '') + date.replaceAll('-', '') }
  }
  if (!date.startsWith('--')) return { params: '', value: date }
  const value = `${appleUnknownYear}${date.slice(1)}`
  return { params: `;X-APPLE-OMIT-YEAR=${appleUnknownYear}`, value }
}

// A date and a time of day, in basic or extended form.
const timePattern =
  /^(?:[\d-]{4,10}[T ]|\d{8}(?=\d{6}$))(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/i

/** Reads the time of day after a date, in the form of 4.0 (RFC 6350, 4.3.2): `T143000-0500`. */
export function readCardTime(text: string): string | null {
  const match = timePattern.exec(text.trim())
  if (!match) return null
  const [, hour, minute = '', second = '', zone = ''] = match
  return `T${hour}${minute}${second}${zone.replace(':', '').toUpperCase()}`
}

/** The form of a time of day in 3.0; null if the time has no minutes. */
export function extendedTime(time: string): string | null {
  const match = /^T(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-]\d\d)(\d\d)?)?$/.exec(time)
  if (!match) return null
  const [, hour, minute, second = '00', utc = '', zone, zoneMinute = '00'] = match
  return `T${hour}:${minute}:${second}${zone ? `${zone}:${zoneMinute}` : utc}`
}

/** Reads a date that somebody typed, in which no year is a placeholder. */
export function typedDate(text: string): string | null {
  return readDateText(text)
}
