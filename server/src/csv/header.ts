import { AppError } from '../errors.ts'
import { type Column, namesContacts, readColumns } from './column.ts'
import type { CsvRecord } from './records.ts'

const maxColumns = 4000
// LinkedIn explains its file in a few lines above the table.
const maxLinesAbove = 10

/** `number` is the number of its record. */
export type Header = { headers: string[]; columns: Column[]; number: number }

/**
 * Reads records up to the header. This is the first record, or below lines with a single text the
 * first one with several known columns.
 * @throws AppError `csv_empty`, `csv_not_recognised` or `csv_too_wide`
 */
export async function readHeader(records: AsyncGenerator<CsvRecord>): Promise<Header> {
  for (let above = 0; above <= maxLinesAbove; above++) {
    const record = await records.next()
    if (record.done === true) {
      if (above === 0) throw new AppError('invalid', 'csv_empty', 'The file is empty.')
      break
    }
    const { number, cells: headers, problem } = record.value
    if (headers.length > maxColumns) {
      const detail = `The file has ${headers.length} columns; at most ${maxColumns} can be read.`
      throw new AppError('invalid', 'csv_too_wide', detail)
    }
    if (problem !== null) break
    const columns = await readColumns(headers)
    const known = columns.filter(({ as }) => as !== 'unknown').length
    if (namesContacts(columns) && (above === 0 || known > 1)) return { headers, columns, number }
    if (headers.filter((header) => header.trim() !== '').length > 1) break
  }
  throw notRecognised()
}

function notRecognised(): AppError {
  const detail =
    'No column is recognised. The first line must name the columns, at least one of them a name, ' +
    'an e-mail address or a phone number: “First name”, “Last name”, “E-mail”, “Phone”. Exports ' +
    'of Google, Outlook and Thunderbird have such a line.'
  return new AppError('invalid', 'csv_not_recognised', detail)
}
