import { propertiesWithForms } from '../fields/alternatives.ts'
import { spelling, valueOf, type Line } from '../lines/lines.ts'
import { makeParam, readParams, type Param } from '../lines/params.ts'
import { newLine, type CardEdit } from '../patch/card-edit.ts'
import { withoutLink } from './linked-forms.ts'
import { paramsAt } from './ranks.ts'

// What 3.0 cannot express is preserved in it under names of our own: other programs ignore unknown
// names, and the conversion back to 4.0 restores it.
const prefix = 'X-KITH-'

export const preservedAltId = `${prefix}ALTID`

/**
 * Properties that 3.0 allows only once, does not have, or not in several forms (ALTID); and SORT-AS, of which
 * SORT-STRING states the beginning.
 */
const preservedProperties: ReadonlySet<string> = new Set([
  'N',
  'FN',
  'BDAY',
  'XML',
  'CLIENTPIDMAP',
  'KIND',
  'SORT-AS',
  ...propertiesWithForms,
])

/** Parameters of 4.0 that hold data: the other ones only say how to read a value. */
const preservedParams: ReadonlySet<string> = new Set(
  'ALTID MEDIATYPE GEO TZ CC USERNAME INDEX LEVEL AUTHOR AUTHOR-NAME CREATED DERIVED'.split(' '),
)

// iOS reads unknown parameters of these properties as parts of the name.
const propertiesWithoutParams: ReadonlySet<string> = new Set(['N', 'FN', 'ORG'])

/** @param place of its rank */
export function preservedLine(edit: CardEdit, line: Line, place: number): Line {
  const params = readParams(paramsAt(place, line))
  return newLine(edit, prefix + spelling(line), valueOf(line), { params, group: line.group })
}

/** The original of a preserved line. */
export function restoredLine(edit: CardEdit, line: Line): Line {
  const params = withoutLink(readParams(line.params))
  const name = originalName(line) ?? line.name
  return newLine(edit, name, valueOf(line), { params, group: line.group })
}

/** The ALTID that links a property to its preserved alternative forms (RFC 6350, 5.4). */
export function altIdOf(preserved: Iterable<Line>, name: string): Param[] {
  for (const line of preserved) {
    const params = originalName(line) === name ? readParams(line.params) : []
    const altId = params.find((param) => param.name === 'ALTID')
    if (altId) return [altId]
  }
  return []
}

/** The name of a preserved line in 4.0; null if the line is no preserved one. */
export function originalName({ name }: Line): string | null {
  const original = name.startsWith(prefix) ? name.slice(prefix.length) : ''
  return preservedProperties.has(original) ? original : null
}

export function preservedParam(line: Line, { name, raw }: Param): Param[] {
  if (!preservedParams.has(name) || propertiesWithoutParams.has(line.name)) return []
  return [{ name: prefix + name, raw: prefix + raw, values: [] }]
}

export function restoredParam({ name, raw }: Param): Param | null {
  const original = name.startsWith(prefix) ? name.slice(prefix.length) : ''
  return preservedParams.has(original)
    ? { name: original, raw: raw.trim().slice(prefix.length), values: [] }
    : null
}

export function isPreservedParam(param: Param): boolean {
  return param.name.startsWith(prefix)
}

/** Says of a number in 3.0 that it is a `tel:` URI in 4.0 (RFC 6350, 6.4.1). */
export const numberForm = 'X-KITH-VALUE'

/** Preserves the components that RFC 9554 adds after the seven of an address. */
export function preservedComponents(parts: readonly string[]): Param[] {
  if (parts.every((part) => part === '')) return []
  return [makeParam('X-KITH-PARTS', [parts.join(';')], true)]
}
