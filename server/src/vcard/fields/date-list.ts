import type { LabelledValue } from '../../book/contact.ts'
import { oneLine } from '../../book/text.ts'
import type { Version } from '../lines/card.ts'
import { makeParam, paramValue, readParams } from '../lines/params.ts'
import { writeText } from '../lines/text-value.ts'
import { extendedTime, readCardDate, readCardTime, typedDate, writeCardDate } from './card-date.ts'
import type { ListCodec, Property, Source } from './list-codec.ts'
import { without } from './list-codec.ts'
import { textOf, valueItem } from './text-lists.ts'

/** Dates other than the birthday: ANNIVERSARY (RFC 6350, 6.2.6), X-ABDATE and others, a further BDAY. */
export const dates: ListCodec<LabelledValue> = {
  list: 'dates',
  isRanked: false,
  read(source) {
    return valueItem(dateOf(source) ?? dateLineText(source))
  },
  create({ label, value }, version) {
    const isAnniversary = version === '4.0' && label === 'anniversary'
    return isAnniversary
      ? dateProperty('ANNIVERSARY', value, '4.0')
      : dateProperty('X-ABDATE', value, '3.0')
  },
  update(source, { value }, version) {
    const { line, params } = source
    // The first BDAY with a date would become the birthday.
    if (line.name === 'BDAY' && typedDate(value) !== null && dateOf(source) === null) return null
    const form = line.name.startsWith('X-') ? '3.0' : version
    const property = dateProperty(line.name, value, form)
    const kept = without(params, ...dateParams)
    return { params: [...kept, ...property.params], value: property.value }
  },
}

/** Parameters that say how to read a date, or hold the time of day that 3.0 cannot express. */
export const dateParams = ['VALUE', 'X-APPLE-OMIT-YEAR', 'CALSCALE', 'X-KITH-TIME']

export function dateOf(source: Source): string | null {
  if (foreignCalendar(source) !== null) return null
  return readCardDate(textOf(source), paramValue(source.params, 'X-APPLE-OMIT-YEAR'))
}

/** The text of a line that is no date; begins with the calendar if that is not the Gregorian. */
export function dateLineText(source: Source): string | null {
  const text = oneLine(textOf(source))
  const calendar = foreignCalendar(source)
  return text === null || calendar === null ? text : `${calendar} ${text}`
}

/** The calendar of CALSCALE (RFC 6350, 5.8), if it is not the Gregorian. */
function foreignCalendar({ params }: Source): string | null {
  const name = oneLine(paramValue(params, 'CALSCALE') ?? '')
  return name === null || /^gregorian$/i.test(name) ? null : name
}

/** A property that holds a date, or a text that is no date. */
export function dateProperty(
  name: string,
  text: string,
  version: Version,
  time: string | null = null,
): Property {
  const date = typedDate(text)
  if (date === null) {
    const params = version === '4.0' ? [makeParam('VALUE', ['text'])] : []
    return { name, params, value: writeText(text) }
  }
  const { params, value } = writeCardDate(date, version)
  const property = { name, params: readParams(params), value }
  if (time === null) return property
  if (version === '4.0') return { ...property, value: value + time }
  // BDAY may have a time of day (RFC 2426, 3.1.5), Apple's dates cannot.
  const extended = name === 'BDAY' && params === '' ? extendedTime(time) : null
  if (extended !== null) return { ...property, value: value + extended }
  return { ...property, params: [...property.params, makeParam('X-KITH-TIME', [time])] }
}

/** The time of day of a date, in the form of 4.0. */
export function timeOf(source: Source): string | null {
  const preserved = paramValue(source.params, 'X-KITH-TIME')
  return readCardTime(preserved === undefined ? textOf(source) : `19000101${preserved}`)
}
