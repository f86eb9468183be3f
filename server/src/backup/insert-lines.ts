import type { Ask } from '../db/ask.ts'
import { listColumns, quoted } from './tables.ts'

// Of one statement: this many rows, and about so much text.
const maxRows = 500
const maxLength = 1024 * 1024

/**
 * Fills a table with rows that were read as lines of JSON.
 * @param onProgress hears how many are written
 * @throws Error when fewer were written than there are
 */
export async function insertLines(
  ask: Ask,
  table: string,
  lines: AsyncIterable<string>,
  onProgress: (written: number) => void,
): Promise<void> {
  const columns = (await listColumns(ask, table)).join(', ')
  const name = quoted(table)
  const insert = `
    with written as (
      insert into ${name} (${columns})
      select ${columns} from json_populate_recordset(null::${name}, $1::json)
      returning 1
    ) select count(*)::integer as count from written`
  let written = 0
  for await (const batch of inBatches(lines)) {
    const [row] = await ask<{ count: number }>(insert, [`[${batch.join(',')}]`])
    if (row?.count !== batch.length) throw new Error(`rows of ${table} were not written`)
    written += batch.length
    onProgress(written)
  }
}

async function* inBatches(lines: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = []
  let length = 0
  for await (const line of lines) {
    batch.push(line)
    length += line.length
    if (batch.length < maxRows && length < maxLength) continue
    yield batch
    batch = []
    length = 0
  }
  if (batch.length > 0) yield batch
}
