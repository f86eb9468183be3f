import { splitRecord } from './split-record.ts'

const maxRecordLength = 1 << 20
const maxShownLength = 1000
// Of text that broken records made us read in vain. Damage wastes less than a file of 50 MB has;
// without an end, a hostile file costs hours.
const maxWastedLength = 64 << 20

export type Problem = 'broken_quotes' | 'too_large' | 'unreadable_rest'
export type CsvRecord = { cells: string[]; problem: Problem | null }

/**
 * Splits text into records. A quote that is never closed, or only beyond 1 MiB, costs its line alone:
 * the line is given back with a problem, and reading goes on in the next one.
 */
export async function* splitRecords(
  texts: AsyncIterator<string>,
  start: string,
  delimiter: string,
): AsyncGenerator<CsvRecord> {
  let text = start
  let isSkipping = false
  let wasted = 0
  try {
    for (let isLast = false; !isLast;) {
      // An incomplete record is tried again once the text has doubled: small chunks stay cheap.
      const enough = text.length * 2
      while (!isLast && text.length <= enough) {
        const next = await texts.next()
        if (next.done === true) isLast = true
        else text += next.value
      }
      let at: number = isSkipping ? lineEnd(text, 0) : 0
      isSkipping = at === -1
      if (isSkipping) at = text.length
      while (at < text.length) {
        const split = splitRecord(text, at, delimiter.charCodeAt(0), isLast)
        if (split?.cells && split.end - at <= maxRecordLength) {
          yield { cells: split.cells, problem: null }
          at = split.end
          continue
        }
        if (split === null && text.length - at <= maxRecordLength) break
        wasted += Math.min(maxRecordLength, (split?.end ?? text.length) - at)
        if (wasted > maxWastedLength) {
          yield { cells: [], problem: 'unreadable_rest' }
          return
        }
        const end = lineEnd(text, at)
        isSkipping = end === -1
        yield brokenLine(text.slice(at, isSkipping ? undefined : end), delimiter)
        at = isSkipping ? text.length : end
      }
      text = text.slice(at)
    }
  } finally {
    await texts.return?.()
  }
}

/** The start of the next line, -1 where the text has none. */
function lineEnd(text: string, at: number): number {
  const breaks = /\r\n?|\n/g
  breaks.lastIndex = at
  return breaks.test(text) ? breaks.lastIndex : -1
}

function brokenLine(line: string, delimiter: string): CsvRecord {
  if (line.length > maxRecordLength) {
    return { cells: [line.slice(0, maxShownLength)], problem: 'too_large' }
  }
  return { cells: line.replace(/[\r\n]+$/, '').split(delimiter), problem: 'broken_quotes' }
}
