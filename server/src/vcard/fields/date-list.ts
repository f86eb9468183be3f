import { oneLine } from '../../book/text.ts'
import type { LabelledValue } from '../../book/contact.ts'
import type { Version } from '../lines/card.ts'
import { extendedTime, readCardDate, readCardTime, typedDate, writeCardDate } from './card-date.ts'
import type { ListCodec, Property, Source } from './list-codec.ts'
import { without } from './list-codec.ts'
import { makeParam, paramValue, readParams } from '../lines/params.ts'
import { textOf, valueItem } from './text-lists.ts'
import { writeText } from '../lines/text-value.ts'

/** Days other than the birthday: ANNIVERSARY (RFC 6350, 6.2.6), Apple's X-ABDATE, and others'. */
export const dates: ListCodec<LabelledValue> = {
  list: 'dates',
  isRanked: false,
  read(source) {
    const date = dateOf(source)
    // A birthday that is a date stands in a field of its own.
    if (source.line.name === 'BDAY') return date === null ? valueItem(dateLineText(source)) : null
    return valueItem(date ?? dateLineText(source))
  },
  create({ label, value }, version) {
    const isAnniversary = version === '4.0' && label === 'anniversary'
    return isAnniversary
      ? dateProperty('ANNIVERSARY', value, '4.0')
      : dateProperty('X-ABDATE', value, '3.0')
  },
  update({ line, params }, { value }, version) {
    // It would be the birthday.
    if (line.name === 'BDAY' && typedDate(value) !== null) return null
    const form = line.name.startsWith('X-') ? '3.0' : version
    const property = dateProperty(line.name, value, form)
    const kept = without(params, ...dateParams)
    return { params: [...kept, ...property.params], value: property.value }
  },
}

/** How a date is to be read, and its time where 3.0 has no place for that. */
export const dateParams = ['VALUE', 'X-APPLE-OMIT-YEAR', 'CALSCALE', 'X-KITH-TIME']

export function dateOf(source: Source): string | null {
  if (foreignCalendar(source) !== null) return null
  return readCardDate(textOf(source), paramValue(source.params, 'X-APPLE-OMIT-YEAR'))
}

/** What a line says that is no date: with its calendar, where that is another than ours. */
export function dateLineText(source: Source): string | null {
  const text = oneLine(textOf(source))
  const calendar = foreignCalendar(source)
  return text === null || calendar === null ? text : `${calendar} ${text}`
}

/** The calendar that CALSCALE names (RFC 6350, 5.8), if it is not the Gregorian. */
function foreignCalendar({ params }: Source): string | null {
  const name = oneLine(paramValue(params, 'CALSCALE') ?? '')
  return name === null || /^gregorian$/i.test(name) ? null : name
}

/** A property that holds a date, or a text in its place. */
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
  // RFC 2426, 3.1.5; Apple's dates have no time.
  const extended = name === 'BDAY' && params === '' ? extendedTime(time) : null
  if (extended !== null) return { ...property, value: value + extended }
  return { ...property, params: [...property.params, makeParam('X-KITH-TIME', [time])] }
}

/** The time of day that stands behind the date of a line. */
export function timeOf(source: Source): string | null {
  const kept = paramValue(source.params, 'X-KITH-TIME')
  return readCardTime(kept === undefined ? textOf(source) : `19000101${kept}`)
}
