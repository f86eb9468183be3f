import { isUtf8 } from 'node:buffer'
import { isSpace, newValueScan, scanValue, type ValueScan } from './json-value.ts'

/** A part of a JSON file: an element of its list or, where it is an object, of one of its lists. */
export type JsonPiece = { list: string } & (
  | { kind: 'element'; text: string }
  | { kind: 'unreadable'; reason: 'too_large' | 'too_deep' | 'not_utf8' }
  /** The last piece: nothing behind it can be read. */
  | { kind: 'broken'; reason: 'no_json' | 'cut_off' }
)

/** Of an element, in octets. */
export const maxElementSize = 8 * 1024 * 1024
const maxDepth = 32

export type JsonScanner = {
  scan(bytes: Uint8Array): Generator<JsonPiece>
  /** Call behind the last octets. */
  end(): Generator<JsonPiece>
  isBroken(): boolean
}

/** What may come next, outside of values. */
type Place =
  | 'start'
  | 'first_key'
  | 'key'
  | 'colon'
  | 'member'
  | 'after_member'
  | 'first_element'
  | 'element'
  | 'after_element'
  | 'end'
  | 'broken'

/** A value that is being read. */
type Value = {
  role: 'key' | 'member' | 'element'
  scan: ValueScan
  size: number
  parts: Uint8Array[]
}

/**
 * Splits a JSON file, a list or an object that holds lists, into the elements of its lists, with no more
 * in memory than one of them.
 * @param isWanted whether the elements of a list of the object are pieces; the other members are passed
 *   over
 */
export function createJsonScanner(isWanted: (list: string) => boolean): JsonScanner {
  let place: Place = 'start'
  let list = ''
  let key = ''
  let value: Value | null = null

  function* scan(bytes: Uint8Array): Generator<JsonPiece> {
    for (let at = 0; at < bytes.length && !isBroken();) {
      if (value) {
        const end = scanValue(value.scan, bytes, at)
        keep(value, bytes.subarray(at, end < 0 ? bytes.length : end))
        if (end < 0) return
        at = end
        yield* finish(value)
        value = null
      } else if (isSpace(bytes[at] ?? 0) || enter(String.fromCharCode(bytes[at] ?? 0))) {
        at++
      }
    }
    if (isBroken()) yield { kind: 'broken', list, reason: 'no_json' }
  }

  /** @returns false where a value begins with the character, and is read from there */
  function enter(character: string): boolean {
    const isFirst = place === 'first_key' || place === 'first_element'
    if (isFirst && character === (place === 'first_key' ? '}' : ']')) {
      place = place === 'first_key' ? 'end' : afterList()
    } else if (place === 'member' && character === '[' && isWanted(key)) {
      list = key
      place = 'first_element'
    } else if (place === 'key' || place === 'first_key') {
      return character === '"' ? begin('key') : fail()
    } else if (place === 'member') {
      return begin('member')
    } else if (place === 'element' || place === 'first_element') {
      return begin('element')
    } else {
      place = following(character)
    }
    return true
  }

  function following(character: string): Place {
    if (place === 'start' && character === '[') return 'first_element'
    if (place === 'start' && character === '{') return 'first_key'
    if (place === 'colon' && character === ':') return 'member'
    if (place === 'after_member' && character === ',') return 'key'
    if (place === 'after_member' && character === '}') return 'end'
    if (place === 'after_element' && character === ',') return 'element'
    if (place === 'after_element' && character === ']') return afterList()
    return 'broken'
  }

  function afterList(): Place {
    const isRoot = list === ''
    list = ''
    return isRoot ? 'end' : 'after_member'
  }

  function begin(role: Value['role']): boolean {
    value = { role, scan: newValueScan(), size: 0, parts: [] }
    return false
  }

  function fail(): boolean {
    place = 'broken'
    return true
  }

  function isBroken(): boolean {
    return place === 'broken'
  }

  function* finish({ role, scan, size, parts }: Value): Generator<JsonPiece> {
    place = role === 'key' ? 'colon' : role === 'member' ? 'after_member' : 'after_element'
    if (size === 0) place = 'broken'
    else if (role === 'key') key = keyIn(parts)
    else if (role === 'element') yield { list, ...elementIn(parts, size, scan) }
  }

  return {
    scan,
    *end() {
      if (place !== 'end' && place !== 'broken') yield { kind: 'broken', list, reason: 'cut_off' }
    },
    isBroken,
  }
}

function keep(value: Value, bytes: Uint8Array) {
  value.size += bytes.length
  if (value.role === 'member') return
  if (value.size > maxElementSize || value.scan.maxDepth > maxDepth) value.parts = []
  else value.parts.push(bytes)
}

function keyIn(parts: Uint8Array[]): string {
  try {
    return String(JSON.parse(Buffer.concat(parts).toString()))
  } catch {
    return ''
  }
}

type Element = { kind: 'element'; text: string }
type Unreadable = { kind: 'unreadable'; reason: 'too_large' | 'too_deep' | 'not_utf8' }

function elementIn(parts: Uint8Array[], size: number, scan: ValueScan): Element | Unreadable {
  if (size > maxElementSize) return { kind: 'unreadable', reason: 'too_large' }
  if (scan.maxDepth > maxDepth) return { kind: 'unreadable', reason: 'too_deep' }
  const bytes = Buffer.concat(parts)
  if (!isUtf8(bytes)) return { kind: 'unreadable', reason: 'not_utf8' }
  return { kind: 'element', text: bytes.toString() }
}
