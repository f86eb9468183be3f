import { carriageReturn, lineFeed } from './split-record.ts'

const maxLength = 1 << 16
const space = 0x20
const tab = 0x09

/**
 * Passes over the next records of delimiters and spaces alone, without making cells of them:
 * spreadsheets write them by the hundred thousand below the last row.
 * @returns how many there are, and where the last one ends; of many only the first 64 KiB
 */
export function skipBlankRecords(text: string, start: number, delimiter: number, isLast: boolean) {
  let end = start
  let count = 0
  for (let at = start; at < text.length && end - start < maxLength; at++) {
    const code = text.charCodeAt(at)
    if (code === carriageReturn || code === lineFeed) {
      // A CR may be half of a CRLF.
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
