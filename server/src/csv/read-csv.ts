import { type DateOrder, provenOrder } from '../book/date-text.ts'
import type { FileCharset } from '../charset/file-charset.ts'
import { type Column, emailColumn } from './column.ts'
import { decodeCsv } from './decode-csv.ts'
import { detectDelimiter } from './delimiter.ts'
import type { Reading } from './draft.ts'
import { type Header, readHeader } from './header.ts'
import { type CsvRecord, splitRecords } from './records.ts'
import { rowFailure, type RowFailure } from './row-failure.ts'
import { rowReader } from './row-reader.ts'

const maxHeaderLength = 1 << 20
const rowsAhead = 1000

/**
 * A row of a file. `row` is its number, counted from 1 below the header; rows without text are counted
 * too. `cells` are as in the file; of a row above 1 MiB, only the start of its first line.
 */
export type CsvRow = { row: number; cells: string[] } & (Reading | RowFailure)

export type CsvFile = {
  headers: string[]
  /** The indexes of the columns that mean nothing to us. */
  unknown: number[]
  records: AsyncGenerator<CsvRecord>
  /** Reads the contact in a record. */
  read: (record: CsvRecord) => CsvRow
}

/**
 * Reads contacts from a CSV file of Google, Outlook, Thunderbird or Kith, or from any other one whose
 * headers are known. Delimiter, format and the order of day and month are detected. A row
 * that cannot be read fails alone, and rows without text are left out. The records are streamed; leaving
 * the loop over them closes `chunks`.
 * @param charset of a file that is not all UTF-8 or UTF-16
 * @throws AppError `csv_empty`, `csv_not_recognised` or `csv_too_wide` before the first row
 */
export async function readCsv(
  chunks: AsyncIterable<Uint8Array>,
  charset: FileCharset | null = null,
): Promise<CsvFile> {
  const texts = decodeCsv(chunks, charset)
  const { delimiter, records: start } = detectDelimiter(await readFirstLine(texts))
  const records = splitRecords(texts, start, delimiter)
  try {
    const header = await readHeader(records)
    const { headers } = header
    const { ahead, dateOrder, columns } = await lookAhead(records, header, delimiter)
    const unknown = columns.flatMap(({ as }, index) => (as === 'unknown' ? [index] : []))
    const read = recordReader({ ...header, columns }, dateOrder)
    return { headers, unknown, records: concatenate(ahead, records), read }
  } catch (error) {
    await records.return(undefined)
    throw error
  }
}

/** Reads until the text contains the first line that is not empty. */
async function readFirstLine(texts: AsyncGenerator<string>): Promise<string> {
  let text = ''
  while (text.length < maxHeaderLength) {
    const next = await texts.next()
    if (next.done === true) break
    const part = text === '' ? next.value.replace(/^[\r\n]+/, '') : next.value
    text += part
    if (/[\r\n]/.test(part)) break
  }
  return text
}

function recordReader(
  { headers, columns, number: headerNumber }: Header,
  dateOrder: DateOrder,
): CsvFile['read'] {
  const isOwn = columns.some(({ as }) => as === 'uid')
  const read = rowReader(headers, columns, { isOwn, dateOrder })
  return ({ number, cells, problem }) => {
    const row = number - headerNumber
    const failure = rowFailure(cells, problem, headers.length)
    return failure === null ? { row, cells, ...read(cells) } : { row, cells, ...failure }
  }
}

type Ahead = { ahead: CsvRecord[]; dateOrder: DateOrder; columns: Column[] }

/**
 * Finds in the first rows the order of day and month that most dates prove, or the likelier one, and
 * unknown columns that hold e-mail addresses alone.
 */
async function lookAhead(
  records: AsyncGenerator<CsvRecord>,
  { headers, columns }: Header,
  delimiter: string,
): Promise<Ahead> {
  const dates = columns.flatMap((column, index) => (holdsDates(column) ? [index] : []))
  const hasUnknown = columns.some(({ as }) => as === 'unknown')
  const ahead: CsvRecord[] = []
  let dayFirst = 0
  const wanted = dates.length > 0 || hasUnknown ? rowsAhead : 0
  while (ahead.length < wanted) {
    const record = await records.next()
    if (record.done === true) break
    ahead.push(record.value)
    for (const index of dates) {
      const order = provenOrder(record.value.cells[index] ?? '')
      if (order !== undefined) dayFirst += order === 'day first' ? 1 : -1
    }
  }
  // Languages other than English, and countries that separate by semicolons, put the day first.
  const likely = delimiter === ';' || /[^\p{ASCII}]/u.test(headers.join('')) ? 1 : -1
  return {
    ahead,
    dateOrder: (dayFirst || likely) > 0 ? 'day first' : 'month first',
    columns: columns.map((column, index) => {
      const isEmail = column.as === 'unknown' && headers[index] !== '' && holdsEmails(ahead, index)
      return isEmail ? emailColumn(index) : column
    }),
  }
}

const emailAddress = /^[^\s@<>()",;:]{1,64}@[^\s@<>()",;:]+\.[^\s@<>()",;:]+$/

function holdsEmails(records: CsvRecord[], index: number): boolean {
  const texts = records.map(({ cells }) => cells[index]?.trim() ?? '').filter(Boolean)
  return texts.length > 0 && texts.every((text) => text.length < 255 && emailAddress.test(text))
}

function holdsDates(column: Column): boolean {
  if (column.as === 'part') return column.list === 'dates' && column.part === 'value'
  return column.as === 'birthday'
}

async function* concatenate<T>(first: T[], rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* first
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}
