import { hash } from 'node:crypto'
import type { Card } from '../lines/card.ts'
import { binaryProperties } from '../lines/encoded-text.ts'
import { spelling, splitLines, valueOf, type Line } from '../lines/lines.ts'

/**
 * A line as it was in the version from which a card was converted, on a line of its own: iOS reads unknown
 * parameters as parts of names, and other programs ignore unknown properties. Its value is a key, which says where it
 * belongs, and then, each percent-encoded, so that no program escapes or splits it:
 *
 * 1. the name of the line with group and parameters,
 * 2. its value, if that became another one,
 * 3. the value of its X-ABLabel, if that became another one.
 */
export const formerLine = 'X-KITH-FORMER'

export type Former = {
  /** Where it stands. */
  source: Line
  key: FormerKey
  line: Line
  hasValue: boolean
  /** The value of its X-ABLabel, if it became another one. */
  label: string | undefined
}

/** Where a former line belongs. */
export type FormerKey = {
  /** Of what it became, or of the line behind which it comes back. */
  fingerprint: string
  /** Whether it comes back behind that line, and not in its place. */
  isBehind: boolean
  /**
   * Of the value alone of what it became; undefined if other lines of this property may have no former line, so that
   * it cannot be known which of them another value came to.
   */
  value: string | undefined
}

/** A former line to write. */
export type FormerText = Pick<Former, 'key' | 'label'> & {
  line: Line
  params: string
  hasValue: boolean
}

const behind = '+'

/** The value of the line that holds a former one. */
export function writeFormer({ key, line, params, hasValue, label }: FormerText): string {
  const group = line.group === '' ? '' : `${line.group}.`
  const value = hasValue || label !== undefined ? [valueOf(line)] : []
  const fields = [
    group + spelling(line) + params,
    ...value,
    ...(label === undefined ? [] : [label]),
  ]
  return [writeKey(key), ...fields.map(encoded)].join(' ')
}

export function readFormers({ lines }: Card): Former[] {
  return lines.flatMap((line) => {
    if (line.name !== formerLine) return []
    const [key = '', ...fields] = valueOf(line).trim().split(' ')
    const [header = '', value, label] = fields.map(decoded)
    const [former, ...others] = splitLines(`${header}:${value ?? ''}`)
    const isWhole = others.length === 0 && former?.valueAt === header.length + 1
    return isWhole && canBeFormer(former, value)
      ? [{ source: line, key: readKey(key), line: former, hasValue: value !== undefined, label }]
      : []
  })
}

const controls = /(?![\t\n\r\x80-\x9f])\p{Cc}/u

/** Whether it can have been a line of a card: anybody may write what looks like one. */
function canBeFormer({ group, name, params }: Line, value = ''): boolean {
  const isName = /^(?!BEGIN$|END$|VERSION$|X-KITH-)[\w-]+$/.test(name) && /^[\w-]*$/.test(group)
  return isName && !controls.test(params + value)
}

/** Whether a former line has a value of its own. Octets have another form in each version, and are read from that. */
export function hasOwnValue(line: Line, successor: Line): boolean {
  return !binaryProperties.has(line.name) && valueOf(line) !== valueOf(successor)
}

export function fingerprintOf(meaning: string): string {
  return hash('sha256', meaning).slice(0, 16)
}

function writeKey({ fingerprint, isBehind, value }: FormerKey): string {
  return (isBehind ? behind : '') + fingerprint + (value === undefined ? '' : `.${value}`)
}

function readKey(text: string): FormerKey {
  const isBehind = text.startsWith(behind)
  const [fingerprint = '', value] = text.slice(isBehind ? behind.length : 0).split('.')
  return { fingerprint, isBehind, value }
}

/** Programs remove a space at the end of a line. */
const emptyText = '%'

function encoded(text: string): string {
  return encodeURIComponent(text) || emptyText
}

function decoded(text: string): string {
  if (text === emptyText) return ''
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
