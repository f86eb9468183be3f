export const quote = 0x22
export const lineFeed = 0x0a
export const carriageReturn = 0x0d
/** The most cells of a record: a row of a spreadsheet cannot have more. */
export const maxCells = 16_384

/** `cells` is null if the quotes are broken or there are too many cells; `end` is how far was read. */
export type Split = { cells: string[] | null; end: number }

/**
 * Splits the record that begins at `start` (RFC 4180; CRLF, LF and CR end records alike). Its quotes
 * are broken if one is never closed, or if text follows the closing quote of a cell with line breaks.
 * @param isLast whether the file ends where the text does
 * @returns null if the text ends before the record
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
    // The next character decides: a quote may be doubled, a CR may be the first half of a CRLF.
    if (!isLast && end + 1 >= text.length) return null
    const cell = isQuoted ? quotedCell(text, at, close, end) : text.slice(at, end)
    if (cell === null) return { cells: null, end }
    cells.push(cell)
    if (cells.length > maxCells) return { cells: null, end }
    if (text.charCodeAt(end) !== delimiter) return { cells, end: recordEnd(text, end) }
    at = end
  }
}

/** The next quote that is not doubled, -1 if there is none. */
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

/**
 * The text of a quoted cell, null if its quotes are broken. If text follows the closing quote, quotes
 * within the cell were not doubled: a cell of one line is then kept as it is written.
 */
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
