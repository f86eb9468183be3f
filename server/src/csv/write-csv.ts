import { protect } from './formula.ts'
import { type Counts, type CsvContact, ownCells, ownHeaders } from './own-layout.ts'

const byteOrderMark = '\ufeff'

/**
 * Writes contacts as our own CSV: the columns of a Google export, so that Google can import it, and
 * behind them our own. {@link readCsv} reads exactly what was written. The file begins with a byte
 * order mark, without which Excel would read UTF-8 as windows-1252.
 * @param parts the contacts, some at a time
 * @param counts how many values of each list the file has columns for; further ones stand in the notes
 */
export async function* writeCsv(
  parts: AsyncIterable<CsvContact[]> | Iterable<CsvContact[]>,
  counts: Counts,
): AsyncGenerator<string> {
  yield byteOrderMark + formatRows([ownHeaders(counts)])
  for await (const contacts of parts) {
    yield formatRows(contacts.map((contact) => ownCells(contact, counts)))
  }
}

/**
 * Writes rows literally (RFC 4180), such as the failed ones of a file. An apostrophe before a formula
 * keeps spreadsheets from running it; {@link readCsv} removes it again.
 */
export function formatRows(rows: string[][]): string {
  let text = ''
  for (const row of rows) text += `${row.map(formatCell).join(',')}\r\n`
  return text
}

const needsQuotes = /[",\r\n]/

function formatCell(text: string): string {
  // Most cells are empty.
  if (text === '') return text
  const cell = protect(text)
  return needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
