import { carriageReturn, lineFeed, quote } from './split-record.ts'

const delimiters = [',', ';', '\t']

/**
 * Which of comma, semicolon and tab parts the cells of the first line, by how often they stand
 * outside of quotes. Excel's own `sep=;` line decides where there is one.
 */
export function detectDelimiter(text: string): { delimiter: string; start: string } {
  const stated = /^sep=(.)\r?\n/i.exec(text)
  if (stated?.[1] !== undefined) {
    return { delimiter: stated[1], start: text.slice(stated[0].length) }
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
  return { delimiter, start: text }
}
