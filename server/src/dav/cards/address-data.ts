import { joinLines, makeLine, splitLines, type Line } from '../../vcard/lines/lines.ts'
import { failed } from '../dav-error.ts'
import { attributeOf, childNamed, childrenNamed, type XmlElement } from '../xml/element.ts'
import { nameOf } from '../xml/names.ts'
import { isVcardType, type ServedVersion } from './card-version.ts'

/** How much of a card a report is to give, and in which version (RFC 6352, 10.4). */
export type AddressData = {
  version: ServedVersion
  /** null for all of it. */
  properties: readonly WantedProperty[] | null
}

/** A property by its name, and by its group where one is named. */
type WantedProperty = { group: string | null; name: string; hasValue: boolean }

export const addressDataName = nameOf('C:address-data')

/**
 * What a report asks of cards; undefined where it does not ask for them.
 * @throws {DavError} 403 `supported-address-data`
 */
export function readAddressData(report: XmlElement): AddressData | undefined {
  const prop = childNamed(report, 'D:prop')
  const wanted = prop && childNamed(prop, 'C:address-data')
  if (!wanted) return undefined
  const type = attributeOf(wanted, 'content-type')?.toLowerCase() ?? 'text/vcard'
  const version = attributeOf(wanted, 'version') ?? '3.0'
  if (!isVcardType(type) || (version !== '3.0' && version !== '4.0')) {
    throw failed(403, 'C:supported-address-data', 'Cards are served in version 3.0 and 4.0.')
  }
  const named = childrenNamed(wanted, 'C:prop').map(readWantedProperty)
  return { version, properties: named.length === 0 ? null : named }
}

function readWantedProperty(prop: XmlElement): WantedProperty {
  const { group, name } = splitName(attributeOf(prop, 'name') ?? '')
  return { group, name, hasValue: attributeOf(prop, 'novalue') !== 'yes' }
}

/** A name of a property, with or without a group before it, in upper case. */
export function splitName(text: string): { group: string | null; name: string } {
  const upper = text.trim().toUpperCase()
  const dot = upper.indexOf('.')
  return { group: dot < 0 ? null : upper.slice(0, dot), name: upper.slice(dot + 1) }
}

const frame = new Set(['BEGIN', 'VERSION', 'END'])

/** The lines of a card that are asked for, between those that make it one. */
export function partOfCard(card: string, { properties }: AddressData): string {
  if (properties === null) return card
  const lines = splitLines(card).flatMap((line) => {
    if (frame.has(line.name)) return line
    const wanted = properties.find(
      ({ name, group }) =>
        line.name === name && (group === null || line.group.toUpperCase() === group),
    )
    if (!wanted) return []
    return wanted.hasValue ? line : withoutValue(line)
  })
  return joinLines(lines)
}

function withoutValue({ group, name, params }: Line): Line {
  return makeLine(group, name, params, '', '\r\n')
}
