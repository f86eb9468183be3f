export const quote = 0x22
export const lineFeed = 0x0a
export const carriageReturn = 0x0d
/** Of a record: as many as a row of a spreadsheet can have. */
export const maxCells = 16_384

/** `cells` is null where the quotes are broken, or there are too many; `end` is how far was read. */
export type Split = { cells: string[] | null; end: number }

/**
 * Splits the record that begins at `start` (RFC 4180; CRLF, LF and CR end records alike). Quotes are
 * broken where one is never closed, or only in a later line where no quote closes.
 * @returns null where the text ends before the record
 */
export function splitRecord(
  text: string,
  start: number,
  delimiter: number,
  isLast: boolean,
): Split | null {
  const cells: string[] = []
  for (let at = start; ; at++) {
    const isQuoted = text.charCodeAt(at) === quote
    const close = isQuoted ? closingQuote(text, at + 1) : at
    if (close === -1) return isLast ? { cells: null, end: text.length } : null
    const end = cellEnd(text, isQuoted ? close + 1 : at, delimiter)
    // What follows decides: a quote may be doubled, a CR may be half of a CRLF.
    if (!isLast && end + 1 >= text.length) return null
    const cell = isQuoted ? quotedCell(text, at, close, end) : text.slice(at, end)
    if (cell === null) return { cells: null, end }
    cells.push(cell)
    if (cells.length > maxCells) return { cells: null, end }
    if (text.charCodeAt(end) !== delimiter) return { cells, end: recordEnd(text, end) }
    at = end
  }
}

/** The next quote that is not doubled, -1 where there is none. */
function closingQuote(text: string, start: number): number {
  let at = text.indexOf('"', start)
  while (at !== -1 && text.charCodeAt(at + 1) === quote) at = text.indexOf('"', at + 2)
  return at
}

function cellEnd(text: string, start: number, delimiter: number): number {
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === delimiter || code === lineFeed || code === carriageReturn) break
  }
  return at
}

/** Text behind the closing quote: quotes were not doubled, and within one line the cell stays so. */
function quotedCell(text: string, start: number, close: number, end: number): string | null {
  const inner = text.slice(start + 1, close)
  if (close + 1 < end && text.slice(close + 1, end).trim() !== '') {
    return /[\r\n]/.test(inner) ? null : text.slice(start, end)
  }
  return inner.includes('"') ? inner.replaceAll('""', '"') : inner
}

function recordEnd(text: string, end: number): number {
  const isPair = text.charCodeAt(end) === carriageReturn && text.charCodeAt(end + 1) === lineFeed
  return Math.min(end + (isPair ? 2 : 1), text.length)
}
