import { toIsoTimeFromJson } from './ask.ts'

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
 * @param times the columns that hold times, as ISO 8601 in UTC with milliseconds
 */
export function fromArrays<Row>(
  names: readonly string[],
  times: ReadonlySet<string>,
  arrays: Arrays,
): Row[] {
  const columns = names.map((name) => {
    const values = arrays[name] ?? []
    return times.has(name) ? values.map(toTime) : values
  })
  return (columns[0] ?? []).map((_, index) => {
    const row: Record<string, unknown> = {}
    names.forEach((name, place) => (row[name] = columns[place]?.[index]))
    return row as Row
  })
}

function toTime(value: unknown): unknown {
  return typeof value === 'string' ? toIsoTimeFromJson(value) : value
}
