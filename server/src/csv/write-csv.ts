import { stringify } from 'csv-stringify/sync'
import { type Counts, type CsvContact, ownCells, ownHeaders } from './own-layout.ts'

const rowsAtOnce = 100
const byteOrderMark = '\ufeff'

/**
 * Writes contacts as our own CSV: the columns of a Google export, so that Google can import it, and
 * ours behind. `counts` says how many columns each list needs; {@link readCsv} gives back exactly
 * what was written. UTF-8 with a byte order mark, without which Excel takes it for windows-1252.
 * @throws RangeError for a contact with a longer list than `counts` says
 */
export async function* writeCsv(
  contacts: AsyncIterable<CsvContact> | Iterable<CsvContact>,
  counts: Counts,
): AsyncGenerator<string> {
  let rows = [ownHeaders(counts)]
  let start = byteOrderMark
  for await (const contact of contacts) {
    if (rows.length === rowsAtOnce) {
      yield start + formatRows(rows)
      rows = []
      start = ''
    }
    rows.push(ownCells(contact, counts))
  }
  yield start + formatRows(rows)
}

/**
 * Writes rows as they are, such as the failed ones of a file. No spreadsheet takes a cell for a
 * formula: an apostrophe stands before it, which {@link readCsv} takes away.
 */
export function formatRows(rows: string[][]): string {
  return stringify(rows, {
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    escape_formulas: true,
  })
}
