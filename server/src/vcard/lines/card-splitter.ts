import type { FileCharset } from '../../charset/file-charset.ts'
import type { Utf16 } from '../../utf-16.ts'
import { maxReadableBytes } from '../vcard-error.ts'
import { byteWindow } from './byte-window.ts'
import { cardAssembler, type FileLine, type Piece } from './card-assembler.ts'
import { isBegin, isEnd } from './line-scan.ts'

const lf = 0x0a
const cr = 0x0d
const space = 0x20

/**
 * Splits octets into cards as they are pushed, at the lines that begin and end cards.
 * @param utf16 the encoding of the file, if its text is pushed transcoded to UTF-8
 * @param charset of a file that is not all UTF-8 or UTF-16
 */
export function cardSplitter(utf16?: Utf16, charset: FileCharset | null = null) {
  const window = byteWindow(utf16)
  const cards = cardAssembler(window, charset)
  let lineEnd: number | undefined
  let endsInCr = false
  /** Whether the next octets continue a line longer than any card. */
  let isContinuation = false
  let number = 1

  function push(chunk: Uint8Array): Piece[] {
    lineEnd ??= findLineEnd(chunk)
    window.append(chunk)
    if (lineEnd !== undefined && chunk.includes(lineEnd)) splitWholeLines(lineEnd)
    if (window.size() > maxReadableBytes) {
      splitRest()
      isContinuation = true
    }
    return cards.takePieces()
  }

  function end(): Piece[] {
    if (window.size() > 0) splitRest()
    cards.closeAll(0, number)
    return cards.takePieces()
  }

  /** LF, with or without CR before it, or CR alone: certain once something follows a CR. */
  function findLineEnd(chunk: Uint8Array): number | undefined {
    if (chunk.includes(lf)) return lf
    const at = chunk.indexOf(cr)
    if ((endsInCr && chunk.length > 0) || (at >= 0 && at < chunk.length - 1)) return cr
    endsInCr ||= at >= 0
    return undefined
  }

  /** Splits up to the end of the last whole line. */
  function splitWholeLines(lineEnd: number): void {
    const bytes = window.join()
    for (let start = 0; ;) {
      if ((bytes[start] ?? 0) <= space) {
        const blank = skipBlankLines(bytes, start, lineEnd)
        if (blank.lines > 0) isContinuation = false
        number += blank.lines
        start = blank.end
      }
      const at = bytes.indexOf(lineEnd, start)
      if (at < 0) return discard(start)
      addLine(bytes, start, at + 1)
      isContinuation = false
      number++
      start = at + 1
    }
  }

  /** Takes all that is left for one line. */
  function splitRest(): void {
    const bytes = window.join()
    addLine(bytes, 0, bytes.length)
    discard(bytes.length)
  }

  function addLine(bytes: Buffer, start: number, end: number): void {
    const next = isContinuation ? start : gluedEnd(bytes, start, end)
    if (next > start && cards.isOpen()) {
      cards.addLine({ start, end: next, number, mark: 'end', isContinuation, isGlued: true })
      return addLine(bytes, next, end)
    }
    const mark = isContinuation ? undefined : markOf(bytes, start, end)
    cards.addLine({ start, end, number, mark, isContinuation, isGlued: false })
  }

  function discard(end: number): void {
    cards.storeBefore(end)
    window.discard(end)
  }

  return { push, end }
}

function skipBlankLines(bytes: Uint8Array, start: number, lineEnd: number) {
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

const longestMark = 48

/** Where on a line something follows its `END:VCARD`; its start if nothing does. */
function gluedEnd(bytes: Buffer, start: number, end: number): number {
  if (((bytes[start] ?? 0) & 0xdf) !== 0x45) return start
  const text = bytes.toString('latin1', start, Math.min(end, start + longestMark))
  const marked = /^END\s*:\s*VCARD\s*/i.exec(text)?.[0].length ?? 0
  const rest = bytes.subarray(start + marked, end)
  return marked > 0 && rest.some((byte) => byte > space) ? start + marked : start
}

function markOf(bytes: Buffer, start: number, end: number): FileLine['mark'] {
  if (end - start > longestMark) return undefined
  // B, E or A in either case, or a byte order mark.
  const first = (bytes[start] ?? 0) & 0xdf
  if (first !== 0x42 && first !== 0x45 && first !== 0x41 && bytes[start] !== 0xef) return undefined
  const text = bytes.toString('utf8', start, end)
  if (isBegin(text)) return 'begin'
  if (isEnd(text)) return 'end'
  return /^AGENT\b.*:\s*$/i.test(text) ? 'agent' : undefined
}
