import { createPace } from '../pace.ts'
import { skipBlankRecords } from './blank-records.ts'
import { maxCells, splitRecord } from './split-record.ts'

const maxRecordLength = 1 << 20
const maxShownLength = 1000
// The total length of text that was read in vain because records were broken. Accidental damage stays
// below it; without a limit, a hostile file would take hours.
const maxWastedLength = 64 << 20

export type Problem = 'broken_quotes' | 'too_large' | 'unreadable_rest'
/** `number` is counted from 1 over all records, including those without text. */
export type CsvRecord = { number: number; cells: string[]; problem: Problem | null }

/**
 * Splits text into records, and leaves out those without text. A quote that is never closed, or only
 * after more than 1 MiB, costs only its line: this is yielded with a problem, and the next record
 * begins in the next line. Whatever the text is, the event loop is never blocked for long.
 */
export async function* splitRecords(
  texts: AsyncIterator<string>,
  start: string,
  delimiter: string,
): AsyncGenerator<CsvRecord> {
  const pace = createPace()
  const separator = delimiter.charCodeAt(0)
  let text = start
  let number = 0
  let isSkipping = false
  let wasted = 0
  try {
    for (let isLast = false; !isLast;) {
      // An incomplete record is retried only when the text has doubled: this keeps small chunks cheap.
      const enough = text.length * 2
      while (!isLast && text.length <= enough) {
        const next = await texts.next()
        if (next.done === true) isLast = true
        else text += next.value
      }
      let at: number = isSkipping ? nextLineStart(text, 0) : 0
      isSkipping = at === -1
      if (isSkipping) at = text.length
      while (at < text.length) {
        await pace()
        const blank = skipBlankRecords(text, at, separator, isLast)
        number += blank.count
        at = blank.end
        if (blank.count > 0) continue
        const split = splitRecord(text, at, separator, isLast)
        if (split?.cells && split.end - at <= maxRecordLength) {
          number++
          if (hasText(split.cells)) yield { number, cells: split.cells, problem: null }
          at = split.end
          continue
        }
        if (split === null && text.length - at <= maxRecordLength) break
        number++
        wasted += Math.min(maxRecordLength, (split?.end ?? text.length) - at)
        if (wasted > maxWastedLength) {
          yield { number, cells: [], problem: 'unreadable_rest' }
          return
        }
        const end = nextLineStart(text, at)
        isSkipping = end === -1
        yield { number, ...brokenLine(text.slice(at, isSkipping ? undefined : end), delimiter) }
        at = isSkipping ? text.length : end
      }
      text = text.slice(at)
    }
  } finally {
    await texts.return?.()
  }
}

/** The start of the next line, -1 if the text has none. */
function nextLineStart(text: string, at: number): number {
  const breaks = /\r\n?|\n/g
  breaks.lastIndex = at
  return breaks.test(text) ? breaks.lastIndex : -1
}

function brokenLine(line: string, delimiter: string): Omit<CsvRecord, 'number'> {
  const cells = line.replace(/[\r\n]{1,2}$/, '').split(delimiter, maxCells + 1)
  if (line.length <= maxRecordLength && cells.length <= maxCells) {
    return { cells, problem: 'broken_quotes' }
  }
  return { cells: [line.slice(0, maxShownLength)], problem: 'too_large' }
}

function hasText(cells: string[]): boolean {
  return cells.some((cell) => cell.trim() !== '')
}
