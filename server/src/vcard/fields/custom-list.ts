import type { LabelledValue } from '../../book/contact.ts'
import { manyLines, oneLine } from '../../book/text.ts'
import type { Version } from '../lines/card.ts'
import { writeText } from '../lines/text-value.ts'
import { without, type ListCodec, type Source } from './list-codec.ts'
import { textOf, updateText, valueItem } from './text-lists.ts'

/** The properties of the standards, and one of Apple, that no field of a contact holds. */
export const shownProperties = [
  { name: 'ROLE', label: 'Role' },
  { name: 'GENDER', label: 'Gender' },
  { name: 'X-MAIDENNAME', label: 'Maiden name' },
  { name: 'LANG', label: 'Language' },
  { name: 'TZ', label: 'Time zone' },
  { name: 'GEO', label: 'Position' },
  { name: 'KEY', label: 'Key' },
  // RFC 6474
  { name: 'BIRTHPLACE', label: 'Place of birth' },
  { name: 'DEATHPLACE', label: 'Place of death' },
  { name: 'DEATHDATE', label: 'Date of death' },
  // RFC 6715
  { name: 'EXPERTISE', label: 'Expertise' },
  { name: 'HOBBY', label: 'Hobby' },
  { name: 'INTEREST', label: 'Interest' },
]

/** X-KITH-FIELD, a property of our own, and the others that are only shown as custom fields. */
export const customFields: ListCodec<LabelledValue> = {
  list: 'custom_fields',
  isRanked: false,
  read(source) {
    const text = textOf(source)
    if (source.line.name === 'GEO') return valueItem(positionIn(text))
    if (source.line.name === 'KEY') return valueItem(isAddress(text) ? oneLine(text) : null)
    return valueItem(manyLines(text))
  },
  create: ({ value }) => ({ name: 'X-KITH-FIELD', params: [], value: writeText(value) }),
  update(source, item, version) {
    const { line, params } = source
    if (line.name === 'GEO') return updatePosition(source, item.value, version)
    if (line.name === 'KEY' && !isAddress(item.value)) return null
    if (line.name !== 'GENDER') return updateText(source, item)
    // The sex and a text of one's own (RFC 6350, 6.2.7).
    const value = item.value.split(';').map(writeText).join(';')
    return { params: without(params, 'VALUE'), value }
  },
}

const number = '([+-]?\\d{1,3}(?:\\.\\d{1,20})?)'
/** With the parameters that a geo URI may have (RFC 5870, 3.3). */
const position = new RegExp(
  `^\\s*(?:geo:)?${number}\\s*[;,]\\s*${number}\\s*(?:;[a-z][^,]{0,100})?$`,
  'i',
)

/** Latitude and longitude as maps take them: 3.0 separates them by a semicolon, 4.0 has a URI. */
function positionIn(text: string): string | null {
  const match = position.exec(text)
  return match ? `${match[1]},${match[2]}` : oneLine(text)
}

/** Another text than a position needs a line of its own. */
function updatePosition({ params }: Source, value: string, version: Version) {
  const match = position.exec(value)
  if (!match || value !== positionIn(value)) return null
  const [, latitude, longitude] = match
  const written = version === '4.0' ? `geo:${latitude},${longitude}` : `${latitude};${longitude}`
  return { params: without(params, 'VALUE'), value: written }
}

/** A key in the card itself is octets that tell people nothing. */
function isAddress(text: string): boolean {
  return /^\s*(?!data:)[a-z][a-z\d+.-]{1,20}:\S{1,2000}\s*$/i.test(text)
}
