import { utf16Octets, type Utf16 } from '../../utf-16.ts'
import { decodeText } from './decode-text.ts'
import { isBegin, isEnd } from './line-scan.ts'
import { maxCardBytes } from '../vcard-error.ts'

/** A part of a file. `line` is where it starts, counted from 1. */
export type Piece =
  /** `isComplete` is false where the END is missing. */
  | { kind: 'card'; text: string; line: number; isComplete: boolean }
  /** `start` is the first of it. */
  | ({
      kind: 'refused'
      reason: 'too_large' | 'too_many_lines'
      start: string
      line: number
    } & Range)
  /** Lines outside of any card; `text` is the start of the first. */
  | ({ kind: 'junk'; text: string; line: number } & Range)

/** The octets of the file from `from` to before `to`, where what is not kept can be found. */
export type Range = { from: number; to: number; charset: Utf16['charset'] | null }

const lf = 0x0a
const cr = 0x0d
const space = 0x20
const maxJunkShown = 80
const maxStartKept = 16 * 1024
/** Folded lines and all: more than 1 MiB of any program's photo has, which folds at 64 or beyond. */
export const maxPhysicalLines = 20_000

type Open = { line: number; from: number }
/** From `startsAt` on, what is being looked at is not among its parts yet. */
type OpenCard = Open & { startsAt: number; parts: Uint8Array[]; size: number; depth: number }

/**
 * Splits octets into cards as they are pushed: by the lines that begin and end them.
 * @param utf16 what the file is, of which UTF-8 is pushed; undefined where it is pushed as it is
 */
export function cardSplitter(utf16?: Utf16) {
  let lineEnd: number | undefined
  let endsInCr = false
  /** The start of a line whose end is yet to come. */
  let rest: Uint8Array[] = []
  let restSize = 0
  /** Within a line longer than any card. */
  let isOverlong = false
  let number = 1
  let card: OpenCard | undefined
  let isAfterAgent = false
  let junk: (Open & { text: string }) | undefined
  /** What is being looked at, and where in the file `measured` of it is. */
  let bytes = Buffer.alloc(0)
  let measured = 0
  let offset = utf16?.mark ?? 0
  let found: Piece[] = []

  function push(chunk: Uint8Array): Piece[] {
    lineEnd ??= findLineEnd(chunk)
    rest.push(chunk)
    restSize += chunk.length
    if (lineEnd !== undefined && chunk.includes(lineEnd)) {
      bytes = Buffer.concat(rest)
      const end = takeLines(lineEnd)
      leaveBehind(end)
      rest = [Uint8Array.from(bytes.subarray(end))]
      restSize = bytes.length - end
    }
    if (restSize > maxCardBytes) {
      takeRest()
      isOverlong = true
    }
    return takeFound()
  }

  function end(): Piece[] {
    if (restSize > 0) takeRest()
    bytes = Buffer.alloc(0)
    endJunk(0)
    endCard(0, false)
    return takeFound()
  }

  function takeFound(): Piece[] {
    const pieces = found
    found = []
    return pieces
  }

  function takeRest() {
    bytes = Buffer.concat(rest)
    rest = []
    restSize = 0
    takeLine(0, bytes.length)
    leaveBehind(bytes.length)
  }

  /** LF, with or without a CR before it, or CR alone: known once something follows a CR. */
  function findLineEnd(chunk: Uint8Array): number | undefined {
    if (chunk.includes(lf)) return lf
    const at = chunk.indexOf(cr)
    if ((endsInCr && chunk.length > 0) || (at >= 0 && at < chunk.length - 1)) return cr
    endsInCr ||= at >= 0
    return undefined
  }

  /** @returns where the last whole line ends */
  function takeLines(lineEnd: number): number {
    let start = 0
    for (;;) {
      const blank = passBlankLines(bytes, start, lineEnd)
      if (blank.lines > 0) isOverlong = false
      number += blank.lines
      start = blank.end
      const at = bytes.indexOf(lineEnd, start)
      if (at < 0) return start
      takeLine(start, at + 1)
      isOverlong = false
      number++
      start = at + 1
    }
  }

  function takeLine(start: number, end: number) {
    const mark = isOverlong ? undefined : markOf(bytes.subarray(start, end))
    if (mark === 'begin') {
      if (card && isAfterAgent) card.depth++
      else {
        endJunk(start)
        endCard(start, false)
        card = { ...opened(start), startsAt: start, parts: [], size: 0, depth: 1 }
      }
    }
    if (card) {
      isAfterAgent = mark === 'agent'
      if (mark === 'end' && --card.depth === 0) endCard(end, true)
    } else if (!junk && !isOverlong) {
      const text = decodeText(bytes.subarray(start, Math.min(end, start + maxJunkShown))).trim()
      junk = { text, ...opened(start) }
    }
  }

  function opened(start: number): Open {
    return { line: number, from: offsetOf(start) }
  }

  function endCard(at: number, isComplete: boolean) {
    if (!card) return
    keep(card, at)
    const { parts, size, line, from } = card
    card = undefined
    isAfterAgent = false
    const isTooLarge = size > maxCardBytes
    if (isTooLarge || number - line > maxPhysicalLines) {
      const reason = isTooLarge ? 'too_large' : 'too_many_lines'
      const start = decodeText(Buffer.concat(parts).subarray(0, maxStartKept))
      found.push({ kind: 'refused', reason, start, line, ...range(from, at) })
    } else {
      // The mark belongs to the file.
      const text = decodeText(Buffer.concat(parts)).replace(/^\ufeff/, '')
      found.push({ kind: 'card', text, line, isComplete })
    }
  }

  function endJunk(at: number) {
    if (!junk) return
    const { text, line, from } = junk
    junk = undefined
    found.push({ kind: 'junk', text, line, ...range(from, at) })
  }

  /** What is behind is not looked at again. */
  function leaveBehind(end: number) {
    if (card) keep(card, end)
    offsetOf(end)
    measured = 0
  }

  /** Of one that is too large only the start is kept. */
  function keep(card: OpenCard, end: number) {
    const part = bytes.subarray(card.startsAt, end)
    card.startsAt = 0
    const wasKept = card.size <= maxCardBytes
    card.size += part.length
    if (card.size <= maxCardBytes) card.parts.push(part)
    else if (wasKept) card.parts = [Buffer.concat([...card.parts, part]).subarray(0, maxStartKept)]
  }

  function range(from: number, end: number): Range {
    return { from, to: offsetOf(end), charset: utf16?.charset ?? null }
  }

  /** Where in the file something is; it never goes back. */
  function offsetOf(at: number): number {
    offset += utf16 ? utf16Octets(bytes.subarray(measured, at)) : at - measured
    measured = at
    return offset
  }

  return { push, end }
}

function passBlankLines(bytes: Uint8Array, start: number, lineEnd: number) {
  let end = start
  let lines = 0
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte > space) break
    if (byte !== lineEnd) continue
    end = at + 1
    lines++
  }
  return { end, lines }
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
