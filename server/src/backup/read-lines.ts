import type { Ask } from '../db/ask.ts'
import { listKeyColumns, quoted, type KeyColumn } from './tables.ts'

// A page of rows with photos in them stays below some 13 MB: greater rows are fetched by themselves.
const pageSize = 200
const maxOctetsInPage = 64 * 1024

type Line = { place: string[] | null; line: string | null }

/**
 * The rows of a table as lines of JSON, in a transaction in which they do not change. With what JSON
 * and PostgreSQL promise, a line gives the very row back: bytea is hex, times are exact.
 */
export async function* readTable(
  ask: Ask,
  table: string,
  isDistributed: boolean,
): AsyncGenerator<string> {
  const name = quoted(table)
  const key = await listKeyColumns(ask, table)
  const places = key.map((column) => `t.${column.name}::text`)
  // "offset 0" keeps the row from being written out twice. Citus would copy the whole table first.
  const lines = `
    select place, case when octet_length(line) <= ${maxOctetsInPage} then line end as line
    from (
      select array[${places.join(', ')}] as place, row_to_json(t)::text as line from ${name} t
      ${isDistributed ? '' : 'offset 0'}
    ) t`
  for await (const { place, line } of readCursor(ask, lines)) {
    yield line ?? (await readRow(ask, name, key, place))
  }
}

/** The lines of a query that selects them as `line`, each of them small. */
export async function* readLines(ask: Ask, query: string): AsyncGenerator<string> {
  for await (const { line } of readCursor(ask, query)) if (line !== null) yield line
}

async function* readCursor(ask: Ask, query: string): AsyncGenerator<Line> {
  await ask(`declare backup_lines no scroll cursor for ${query}`, [])
  for (;;) {
    const page = await ask<Line>(`fetch ${pageSize} from backup_lines`, [])
    yield* page
    if (page.length < pageSize) break
  }
  await ask('close backup_lines', [])
}

async function readRow(
  ask: Ask,
  name: string,
  key: readonly KeyColumn[],
  place: string[] | null,
): Promise<string> {
  const isIt = key.map((column, at) => `t.${column.name} = $${at + 1}::${column.type}`)
  const [row] = await ask<{ line: string }>(
    `select row_to_json(t)::text as line from ${name} t where ${isIt.join(' and ')}`,
    place ?? [],
  )
  if (!row) throw new Error(`a row of ${name} could not be read again`)
  return row.line
}
