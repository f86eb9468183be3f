import { formatRows } from '../csv/write.ts'
import type { Ask } from '../db/ask.ts'
import { findFailed, type ImportRow } from './queries.ts'

/** The entries that failed, as a file of the same kind: to be mended and imported again. */
export async function* failedEntries(
  read: Ask,
  ownerId: string,
  { id, format, headers }: Pick<ImportRow, 'id' | 'format' | 'headers'>,
): AsyncGenerator<string> {
  if (format === 'csv' && headers) yield formatRows([JSON.parse(headers) as string[]])
  const which = { ownerId, importId: id }
  let unended = false
  for (let after = 0; ;) {
    const rows = await findFailed(read, which, after)
    for (const { number, source } of rows) {
      const entry = JSON.parse(source) as string | string[]
      const text = typeof entry === 'string' ? entry : formatRows([entry])
      yield unended ? `\r\n${text}` : text
      unended = !/[\r\n]$/.test(text)
      after = number
    }
    if (rows.length === 0) return
  }
}
