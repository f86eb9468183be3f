import { carriageReturn, lineFeed, quote } from './split-record.ts'

const delimiters = [',', ';', '\t']

/**
 * Detects the delimiter: that of Excel's `sep=;` line if there is one, otherwise the most frequent of
 * comma, semicolon and tab outside of quotes in the first line.
 * @returns `records`: the text without the `sep=` line
 */
export function detectDelimiter(text: string): { delimiter: string; records: string } {
  const declared = /^sep=(.)\r?\n/i.exec(text)
  if (declared?.[1] !== undefined) {
    return { delimiter: declared[1], records: text.slice(declared[0].length) }
  }
  const codes = delimiters.map((delimiter) => delimiter.charCodeAt(0))
  const counts = codes.map(() => 0)
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) isQuoted = !isQuoted
    if (isQuoted) continue
    if (code === lineFeed || code === carriageReturn) break
    const index = codes.indexOf(code)
    if (index >= 0) counts[index] = (counts[index] ?? 0) + 1
  }
  const delimiter = delimiters[counts.indexOf(Math.max(...counts))] ?? ','
  return { delimiter, records: text }
}
