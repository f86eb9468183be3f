import { decodeText } from './decode-text.ts'
import { isBegin, isEnd } from './line-scan.ts'
import { maxCardBytes } from './vcard-error.ts'

/** A part of a file. `line` is where it starts, counted from 1. */
export type Piece =
  /** `isComplete` is false where the END is missing. */
  | { kind: 'card'; text: string; line: number; isComplete: boolean }
  | { kind: 'refused'; reason: 'too_large'; line: number }
  /** Lines outside of any card; `text` is the start of the first. */
  | { kind: 'junk'; text: string; line: number }

const lf = 0x0a
const cr = 0x0d
const maxJunkShown = 80

/** Splits octets into cards as they are pushed: by the lines that begin and end them. */
export function cardSplitter() {
  let lineEnd: number | undefined
  let endsInCr = false
  /** The start of a line whose end is yet to come. */
  let rest: Uint8Array[] = []
  let restSize = 0
  /** Within a line longer than any card. */
  let isOverlong = false
  let number = 1
  let card: { parts: Uint8Array[]; size: number; line: number; depth: number } | undefined
  let isAfterAgent = false
  let isInJunk = false

  function* push(chunk: Uint8Array): Generator<Piece, void, undefined> {
    lineEnd ??= findLineEnd(chunk)
    rest.push(chunk)
    restSize += chunk.length
    if (lineEnd !== undefined && chunk.includes(lineEnd)) {
      const bytes = Buffer.concat(rest)
      let start = 0
      for (;;) {
        const at = bytes.indexOf(lineEnd, start)
        if (at < 0) break
        yield* takeLine(bytes.subarray(start, at + 1))
        isOverlong = false
        number++
        start = at + 1
      }
      rest = [Uint8Array.from(bytes.subarray(start))]
      restSize = bytes.length - start
    }
    if (restSize > maxCardBytes) {
      yield* takeRest()
      isOverlong = true
    }
  }

  function* end(): Generator<Piece, void, undefined> {
    if (restSize > 0) yield* takeRest()
    if (card) yield finish(false)
  }

  function* takeRest(): Generator<Piece, void, undefined> {
    const line = Buffer.concat(rest)
    rest = []
    restSize = 0
    yield* takeLine(line)
  }

  /** LF, with or without a CR before it, or CR alone: known once something follows a CR. */
  function findLineEnd(chunk: Uint8Array): number | undefined {
    if (chunk.includes(lf)) return lf
    const at = chunk.indexOf(cr)
    if ((endsInCr && chunk.length > 0) || (at >= 0 && at < chunk.length - 1)) return cr
    endsInCr ||= at >= 0
    return undefined
  }

  function* takeLine(line: Uint8Array): Generator<Piece, void, undefined> {
    const mark = isOverlong ? undefined : markOf(line)
    if (mark === 'begin') {
      if (card && isAfterAgent) card.depth++
      else {
        if (card) yield finish(false)
        card = { parts: [], size: 0, line: number, depth: 1 }
      }
    }
    if (!card) {
      if (!isInJunk && !isBlank(line)) yield junk(line)
      return
    }
    isInJunk = false
    card.size += line.length
    if (card.size > maxCardBytes) card.parts = []
    else card.parts.push(line)
    if (mark === 'end' && --card.depth === 0) yield finish(true)
    if (!isBlank(line)) isAfterAgent = mark === 'agent'
  }

  function finish(isComplete: boolean): Piece {
    const { parts = [], size = 0, line = number } = card ?? {}
    card = undefined
    if (size > maxCardBytes) return { kind: 'refused', reason: 'too_large', line }
    const text = decodeText(Buffer.concat(parts))
    // The mark belongs to the file.
    return { kind: 'card', text: text.replace(/^\ufeff/, ''), line, isComplete }
  }

  function junk(line: Uint8Array): Piece {
    isInJunk = true
    const text = decodeText(line.subarray(0, maxJunkShown)).trim()
    return { kind: 'junk', text, line: number }
  }

  return { push, end }
}

function markOf(line: Uint8Array): 'begin' | 'end' | 'agent' | undefined {
  if (line.length > 48) return undefined
  // B, E, A in either case, or a byte order mark.
  const first = (line[0] ?? 0) & 0xdf
  if (first !== 0x42 && first !== 0x45 && first !== 0x41 && line[0] !== 0xef) return undefined
  const text = Buffer.from(line).toString()
  if (isBegin(text)) return 'begin'
  if (isEnd(text)) return 'end'
  return /^AGENT\b.*:\s*$/i.test(text) ? 'agent' : undefined
}

function isBlank(line: Uint8Array): boolean {
  return line.length < 100 && line.every((byte) => byte <= 0x20)
}
