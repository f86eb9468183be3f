import { toIsoTime } from './ask.ts'

/** The values of each column, in the order of the rows; null where there is no row. */
export type Arrays = { [column: string]: unknown[] | null }

/**
 * The columns of a page of rows as one row of JSON arrays, to be selected from the page. For fifty
 * rows of a dozen columns that costs PostgreSQL as much as the rows themselves, and the driver and
 * us a fifth: it takes every value of a row out of the stream by itself.
 */
export function inArrays(names: readonly string[]): string {
  return names.map((name) => `json_agg(page.${name}) as ${name}`).join(', ')
}

/**
 * The inverse of {@link inArrays}.
 * @param times the columns that hold times, which become what {@link toIsoTime} makes of them
 */
export function fromArrays<Row>(
  names: readonly string[],
  times: ReadonlySet<string>,
  arrays: Arrays,
): Row[] {
  const rows: Record<string, unknown>[] = []
  for (const name of names) {
    const values = arrays[name] ?? []
    const isTime = times.has(name)
    for (let index = 0; index < values.length; index++) {
      const value = values[index]
      const row = (rows[index] ??= {})
      row[name] = isTime && typeof value === 'string' ? toIsoTime(value) : value
    }
  }
  return rows as Row[]
}
