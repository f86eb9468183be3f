import { carriageReturn, lineFeed } from './split-record.ts'

const maxLength = 1 << 16
const space = 0x20
const tab = 0x09

/**
 * Skips the next records that hold only delimiters and spaces, without making cells of them:
 * spreadsheets write hundreds of thousands of them below the last row.
 * @returns how many were skipped, of at most 64 KiB at once, and where the last one ends
 */
export function skipBlankRecords(text: string, start: number, delimiter: number, isLast: boolean) {
  let end = start
  let count = 0
  for (let at = start; at < text.length && end - start < maxLength; at++) {
    const code = text.charCodeAt(at)
    if (code === carriageReturn || code === lineFeed) {
      // This CR may be the first half of a CRLF.
      if (code === carriageReturn && at + 1 === text.length && !isLast) break
      if (code === carriageReturn && text.charCodeAt(at + 1) === lineFeed) at++
      end = at + 1
      count++
    } else if (code !== delimiter && code !== space && code !== tab) {
      break
    }
  }
  return { end, count }
}
