import { hash } from 'node:crypto'
import { printedForm } from '../fields/address-list.ts'
import { groupLabels, sourceOf } from '../fields/collect.ts'
import { dateOf, timeOf } from '../fields/date-list.ts'
import type { Source } from '../fields/list-codec.ts'
import { textOf } from '../fields/text-lists.ts'
import type { Card } from '../lines/card.ts'
import { binaryProperties } from '../lines/encoded-text.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { readText, splitValue } from '../lines/text-value.ts'
import { readBinaryLine } from '../photo.ts'
import { printedAddresses } from './printed-address.ts'
import { placesOf } from './ranks.ts'

/** Lines of the card itself; the label of a group is a part of the meaning of its properties. */
const meaningless: ReadonlySet<string> = new Set(
  'BEGIN VERSION END X-ABLABEL X-KITH-FORMER'.split(' '),
)
const otherNames = new Map([
  ['X-ADDRESSBOOKSERVER-MEMBER', 'MEMBER'],
  ['ANNIVERSARY', 'X-ABDATE'],
])
const dates: ReadonlySet<string> = new Set('BDAY ANNIVERSARY DEATHDATE X-ABDATE'.split(' '))
/** URIs, and a text that is written anew: an escape that is not needed makes no difference. */
const singleTexts: ReadonlySet<string> = new Set(
  'URL UID IMPP SOCIALPROFILE X-SOCIALPROFILE RELATED MEMBER LABEL'.split(' '),
)
/** What would be a part of a date without VALUE=text (RFC 6350, 4.3.1). */
const partialDate = /^(?:\d{4}(?:-?\d\d)?|-{2,3}\d\d|T[\d:]+)$/
/** Parameters that only say how to read a value, link it to other lines, or are read elsewhere. */
const ofTheValue: ReadonlySet<string> = new Set(
  'TYPE PREF VALUE X-KITH-VALUE X-KITH-ALTID ENCODING CHARSET X-APPLE-OMIT-YEAR'.split(' '),
)

/**
 * What each line of a card states, as a text that is the same for every spelling of it: the case of types,
 * the order of parameters, the form of a date, of a preference or of octets make no difference.
 */
export function meaningsOf(card: Card): Map<Line, string> {
  const labels = groupLabels(card)
  const placeOf = placesOf(card)
  const partsOf = partsFinder(card)
  const meanings = new Map<Line, string>()
  for (const line of card.lines) {
    if (line.name === '' || meaningless.has(line.name)) continue
    const source = sourceOf(card, line)
    const name = otherNames.get(line.name) ?? line.name
    const value = statedValue(card, source)
    const implied = line.name === 'ANNIVERSARY' ? 'anniversary' : null
    const label = labels.get(line.group.toLowerCase()) ?? implied
    meanings.set(
      line,
      JSON.stringify([
        name,
        label,
        placeOf(line),
        statedParams(card, source),
        value,
        ...partsOf(line),
      ]),
    )
  }
  return meanings
}

/** What stands in lines of 3.0 of their own, and is a part of a name or an address in 4.0. */
function partsFinder(card: Card): (line: Line) => string[] {
  if (card.version !== '3.0') return () => []
  const { byAddress } = printedAddresses(card)
  const order = card.lines
    .filter(({ name }) => name === 'SORT-STRING' || name === 'X-KITH-SORT-AS')
    .map((line) => textOf(sourceOf(card, line)).trim())
  return (line) => {
    if (line.name === 'N') return order
    const printed = byAddress.get(line)
    return printed === undefined ? [] : [printed]
  }
}

/** A short key of what the value of a line states, the same for every spelling of it. */
export function valueKey(card: Card, line: Line): string {
  return hash('sha256', JSON.stringify(statedValue(card, sourceOf(card, line)))).slice(0, 8)
}

function statedParams(card: Card, source: Source): [name: string, ...values: string[]][] {
  const { line, params } = source
  const isBinary = binaryProperties.has(line.name)
  const stated: [string, ...string[]][] = []
  const types = new Set<string>()
  for (const { name, values } of params) {
    if (name === 'TYPE') for (const type of values) types.add(type.trim().toLowerCase())
    if (name === 'VALUE' && isOtherType(card, source, values[0] ?? ''))
      stated.push([name, ...values])
    if (ofTheValue.has(name) || (name === 'MEDIATYPE' && isBinary)) continue
    if (name === 'LABEL') {
      stated.push([name, printedForm(source) ?? ''])
      continue
    }
    if (name === 'CALSCALE' && /^gregorian$/i.test(values[0] ?? '')) continue
    stated.push([name, ...values])
  }
  types.delete('pref')
  if (line.name === 'EMAIL') types.delete('internet')
  // In 3.0 it is the type of the octets.
  if (isBinary && card.version === '3.0') types.clear()
  if (types.size > 0) stated.push(['TYPE', ...[...types].sort()])
  return stated.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** Whether VALUE names a type that the property does not have without it. */
function isOtherType({ version }: Card, { line, coding }: Source, type: string): boolean {
  const isText = type.toLowerCase() === 'text'
  if (line.name === 'TEL')
    return /^uri$/i.test(type) && !/^tel:/i.test(readText(valueOf(line), coding))
  if (!isText)
    return !/^(?:uri|url|date|date-time|date-and-or-time|timestamp|binary|inline|phone-number)$/i.test(
      type,
    )
  if (line.name === 'BDAY' || line.name === 'ANNIVERSARY') {
    return version === '4.0' && partialDate.test(valueOf(line))
  }
  return /^(?:DEATHDATE|URL|KEY|RELATED|SOCIALPROFILE)$/.test(line.name)
}

function statedValue(card: Card, source: Source): unknown {
  const { line, coding } = source
  const { name } = line
  if (binaryProperties.has(name)) return statedOctets(card, line)
  if (dates.has(name)) {
    const date = dateOf(source)
    return date === null ? textOf(source).trim() : [date, timeOf(source)]
  }
  const value = valueOf(line).trim()
  if (name === 'TEL') return textOf(source).trim().replace(/^tel:/i, '')
  if (name === 'X-ABSHOWAS') return value.toUpperCase() === 'COMPANY' ? 'org' : value
  if (name === 'KIND') return value.toLowerCase()
  if (name === 'GEO') return value.replace(/^geo:/i, '').replaceAll(/[\\;,]+/g, ',')
  if (name === 'REV') return value.replaceAll(/[:-]|\.\d+/g, '')
  if (singleTexts.has(name)) return readText(value, coding)
  const components = splitValue(value, ';').map((component) =>
    splitValue(component, ',').map((part) => readText(part, coding)),
  )
  const last = components.findLastIndex((parts) => parts.some((part) => part !== ''))
  return components.slice(0, last + 1)
}

function statedOctets(card: Card, line: Line): unknown {
  const data = readBinaryLine(card, line)
  if (data === null) return valueOf(line).trim()
  return data.kind === 'uri' ? data.uri : [data.mediaType, hash('sha256', data.bytes)]
}
