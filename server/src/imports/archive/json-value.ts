/** How far a JSON value has been followed. */
export type ValueScan = {
  depth: number
  maxDepth: number
  isInString: boolean
  isEscaped: boolean
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

export function newValueScan(): ValueScan {
  return { depth: 0, maxDepth: 0, isInString: false, isEscaped: false }
}

/**
 * Follows a JSON value to its end, by its brackets and quotes alone: whether it is valid is seen when it
 * is parsed.
 * @returns the offset behind it, or -1 if it goes on in the next octets
 */
export function scanValue(scan: ValueScan, bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (scan.isInString) {
      if (scan.isEscaped) scan.isEscaped = false
      else if (byte === backslash) scan.isEscaped = true
      else if (byte === quote) {
        scan.isInString = false
        if (scan.depth === 0) return at + 1
      }
    } else if (byte === quote) {
      scan.isInString = true
    } else if (byte === openBrace || byte === openBracket) {
      scan.depth++
      if (scan.depth > scan.maxDepth) scan.maxDepth = scan.depth
    } else if (byte === closeBrace || byte === closeBracket) {
      if (scan.depth === 0) return at
      if (--scan.depth === 0) return at + 1
    } else if (scan.depth === 0 && (byte === comma || isSpace(byte))) {
      return at
    }
  }
  return -1
}

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
