import { newLine, type CardEdit } from '../patch/card-edit.ts'
import { spelling, valueOf, type Line } from '../lines/lines.ts'
import { makeParam, readParams, type Param } from '../lines/params.ts'

// What 4.0 says and 3.0 has no place for stands in 3.0 under names of our own: programs pass over
// what they do not know, and the way back finds it.
const prefix = 'X-KITH-'

/** Further forms of what 3.0 has once, and what only 4.0 has a use for. */
const preservedProperties: ReadonlySet<string> = new Set(['N', 'FN', 'BDAY', 'XML', 'CLIENTPIDMAP'])

/** Parameters that hold more than how to read a value. */
const preservedParams: ReadonlySet<string> = new Set(
  'MEDIATYPE GEO TZ CC USERNAME INDEX LEVEL AUTHOR AUTHOR-NAME CREATED DERIVED'.split(' '),
)

// iOS takes parameters here for parts of the name.
const propertiesWithoutParams: ReadonlySet<string> = new Set(['N', 'FN', 'ORG'])

export function preservedLine(edit: CardEdit, line: Line): Line {
  const params = readParams(line.params)
  return newLine(edit, prefix + spelling(line), valueOf(line), { params, group: line.group })
}

/** The line that a hidden one was; null where it is none. */
export function restoredLine(edit: CardEdit, line: Line): Line | null {
  const name = restoredName(line)
  if (name === null) return null
  const params = readParams(line.params)
  return newLine(edit, name, valueOf(line), { params, group: line.group })
}

/** What ties a property to the hidden ones that are further forms of it (ALTID, RFC 6350, 5.4). */
export function altIdOf({ card }: CardEdit, name: string): Param[] {
  for (const line of card.lines) {
    const params = restoredName(line) === name ? readParams(line.params) : []
    const tie = params.find((param) => param.name === 'ALTID')
    if (tie) return [tie]
  }
  return []
}

function restoredName({ name }: Line): string | null {
  const shown = name.startsWith(prefix) ? name.slice(prefix.length) : ''
  return preservedProperties.has(shown) ? shown : null
}

export function preservedParam(line: Line, { name, raw }: Param): Param[] {
  if (!preservedParams.has(name) || propertiesWithoutParams.has(line.name)) return []
  return [{ name: prefix + name, raw: prefix + raw, values: [] }]
}

export function restoredParam({ name, raw }: Param): Param | null {
  const shown = name.startsWith(prefix) ? name.slice(prefix.length) : ''
  return preservedParams.has(shown)
    ? { name: shown, raw: raw.trim().slice(prefix.length), values: [] }
    : null
}

export function isPreservedParam(param: Param): boolean {
  return param.name.startsWith(prefix)
}

/** The parts that RFC 9554 adds to an address, as they stand behind the seven. */
export function preservedComponents(parts: readonly string[]): Param[] {
  if (parts.every((part) => part === '')) return []
  return [makeParam('X-KITH-PARTS', [parts.join(';')], true)]
}
