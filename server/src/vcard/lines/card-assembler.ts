import type { FileCharset } from '../../charset/file-charset.ts'
import { maxCardBytes, maxReadableBytes } from '../vcard-error.ts'
import type { ByteRange, ByteWindow } from './byte-window.ts'
import { decodeVcard } from './decode-vcard.ts'

/** The text of a card, and how it ends. */
export type CardText = {
  text: string
  line: number
  /** Whether it has an END. */
  isComplete: boolean
  /** Whether something follows END on its line. */
  isGlued: boolean
}

/** A part of a file. `line` is the number of its first line, counted from 1. */
export type Piece =
  | ({ kind: 'card' } & CardText)
  /** A card that is larger than the limit of cards. */
  | ({ kind: 'large' } & CardText & ByteRange)
  /** `start` is the beginning of its text. */
  | ({
      kind: 'refused'
      reason: 'too_large' | 'too_many_lines'
      start: string
      line: number
    } & ByteRange)
  /** Lines outside of any card; `text` is the beginning of the first one. */
  | ({ kind: 'junk'; text: string; line: number } & ByteRange)

/** A physical line of a window: its octets from `start` to before `end`. */
export type FileLine = {
  start: number
  end: number
  /** Counted from 1. */
  number: number
  mark: 'begin' | 'end' | 'agent' | undefined
  /** Whether these octets continue a line whose first part was longer than any card. */
  isContinuation: boolean
  /** Whether the physical line goes on behind this END. */
  isGlued: boolean
}

const maxJunkShown = 80
/** Of END:VCARD with the blanks and blank lines behind it. */
const maxEndLength = 256
const maxStartKept = 16 * 1024
/** Per MiB of a card. Counts folded lines: a photo of 1 MiB has fewer, as every program folds at 64 octets or more. */
export const maxPhysicalLines = 20_000

/** `from` is the offset in the file. */
type Opening = { line: number; from: number }
/** The octets of the window from index `startsAt` on belong to the card, but not to `parts` yet. */
type OpenCard = Opening & { startsAt: number; parts: Uint8Array[]; size: number; depth: number }

/** Puts the lines of a window together into the pieces of the file. */
export function cardAssembler(window: ByteWindow, charset: FileCharset | null) {
  let card: OpenCard | undefined
  let junk: (Opening & { text: string }) | undefined
  let isAfterAgent = false
  let pieces: Piece[] = []

  function addLine(line: FileLine): void {
    const { start, end, number, mark } = line
    // A nested card follows the empty AGENT property (vCard 2.1, 2.5.2).
    if (mark === 'begin' && card && isAfterAgent) card.depth++
    else if (mark === 'begin') openCard(start, number)
    if (card) {
      isAfterAgent = mark === 'agent'
      if (mark === 'end' && --card.depth === 0) closeCard(end, line)
    } else if (!junk && !line.isContinuation) {
      const text = decodeVcard(
        window.slice(start, Math.min(end, start + maxJunkShown)),
        charset,
      ).trim()
      junk = { text, line: number, from: window.offsetOf(start) }
    }
  }

  function openCard(start: number, number: number): void {
    closeAll(start, number)
    const from = window.offsetOf(start)
    card = { line: number, from, startsAt: start, parts: [], size: 0, depth: 1 }
  }

  /** Ends the junk and the card that are open. */
  function closeAll(at: number, number: number): void {
    if (junk) {
      const { text, line, from } = junk
      junk = undefined
      pieces.push({ kind: 'junk', text, line, ...window.range(from, at) })
    }
    closeCard(at, { number })
  }

  /** @param last the line of its END, or the line before which it breaks off */
  function closeCard(at: number, last: Pick<FileLine, 'number'> & Partial<FileLine>): void {
    if (!card) return
    const { number } = last
    storeBefore(at)
    const { parts, size, line, from } = card
    card = undefined
    isAfterAgent = false
    const isTooLarge = size > maxReadableBytes
    const maxLines = maxPhysicalLines * Math.max(1, Math.ceil(size / maxCardBytes))
    if (isTooLarge || number - line > maxLines) {
      const reason = isTooLarge ? 'too_large' : 'too_many_lines'
      const start = decodeVcard(Buffer.concat(parts).subarray(0, maxStartKept), charset)
      pieces.push({ kind: 'refused', reason, start, line, ...window.range(from, at) })
    } else {
      // The byte order mark belongs to the file, not to its first card.
      const read = decodeVcard(Buffer.concat(parts), charset).replace(/^\ufeff/, '')
      const text = last.mark === 'end' ? read : withEndApart(read)
      const isComplete = last.mark === 'end' || text !== read
      const isGlued = last.isGlued ?? false
      const whole = { text, line, isComplete, isGlued }
      if (size <= maxCardBytes) pieces.push({ kind: 'card', ...whole })
      else pieces.push({ kind: 'large', ...whole, ...window.range(from, at) })
    }
  }

  /** Stores the octets of the open card before `end`; of a card that is too large, the start only. */
  function storeBefore(end: number): void {
    if (!card) return
    const part = window.slice(card.startsAt, end)
    card.startsAt = 0
    const wasWithinLimit = card.size <= maxReadableBytes
    card.size += part.length
    if (card.size <= maxReadableBytes) card.parts.push(part)
    else if (wasWithinLimit) {
      card.parts = [Buffer.concat([...card.parts, part]).subarray(0, maxStartKept)]
    }
  }

  function takePieces(): Piece[] {
    const taken = pieces
    pieces = []
    return taken
  }

  return { addLine, isOpen: () => card !== undefined, storeBefore, closeAll, takePieces }
}

/** A card in which the line break before END:VCARD is missing, with one; other texts as they are. */
function withEndApart(text: string): string {
  const end = /END:VCARD\s*$/i.exec(text.slice(-maxEndLength))
  if (!end) return text
  const at = text.length - end[0].length
  const start = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1
  // A folded line of a text may say so, too.
  if (start === at || /^\s/.test(text.slice(start, at))) return text
  return `${text.slice(0, at)}\r\n${text.slice(at)}`
}
