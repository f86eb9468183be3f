import { guessFileCharset } from '../src/charset/file-charset.ts'
import type { Reading } from '../src/csv/draft.ts'
import { type CsvRow, readCsv } from '../src/csv/read-csv.ts'

/** Reads a CSV file in chunks that cut characters and lines in two, in the charset that is guessed. */
export async function readRows(file: string | Buffer, chunkBytes = 97): Promise<CsvRow[]> {
  const chunks = () => chunksOf(Buffer.from(file), chunkBytes)
  const { records, read } = await readCsv(chunks(), await guessFileCharset(chunks()))
  return Array.fromAsync(records, read)
}

/** Reads a CSV file of a single row, which must not fail. */
export async function readRow(file: string | Buffer): Promise<Reading> {
  const [row, ...more] = await readRows(file)
  if (row === undefined || more.length > 0 || 'code' in row) throw new Error('not one valid row')
  return row
}

export async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** The fields of a contact that are not empty. */
export function filledFields({ contact }: Reading): Record<string, unknown> {
  const entries = Object.entries(contact) as [string, unknown][]
  return Object.fromEntries(
    entries.filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  )
}
