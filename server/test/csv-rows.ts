import type { Reading } from '../src/csv/draft.ts'
import { type CsvRow, readCsv } from '../src/csv/read-csv.ts'

/** Reads a file from memory, in pieces that cut characters and lines. */
export async function readRows(file: string | Buffer, pieceBytes = 97): Promise<CsvRow[]> {
  const { rows } = await readCsv(chunksOf(Buffer.from(file), pieceBytes))
  return Array.fromAsync(rows)
}

/** Reads a file of one row, of which nothing may fail. */
export async function readRow(file: string | Buffer): Promise<Reading> {
  const [row, ...more] = await readRows(file)
  if (row === undefined || more.length > 0 || 'code' in row) throw new Error('Not one good row')
  return row
}

export async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** The fields of a reading that are not empty. */
export function filledFields({ contact }: Reading): Record<string, unknown> {
  const entries = Object.entries(contact) as [string, unknown][]
  return Object.fromEntries(
    entries.filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  )
}
