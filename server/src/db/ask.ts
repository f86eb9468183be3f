import pg from 'pg'
import type { Write } from './steps.ts'

/**
 * Runs one statement of SQL, or a write of several steps, by itself: what it writes is committed when
 * the rows are here. Rows come as callers of the API see them: times as ISO 8601 in UTC with
 * milliseconds, and bigint (revisions and counts, far below 2^53) as numbers.
 */
export type Ask = <Row extends object>(
  statement: string | Write,
  values: unknown[],
) => Promise<Row[]>

/** The same of statements alone. */
export type AskOne = <Row extends object>(text: string, values: unknown[]) => Promise<Row[]>

/** bigint as number: for every query of ours. */
export const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, Number)

/** The same with times as text. */
export const isoTypes = new pg.TypeOverrides()
isoTypes.setTypeParser(pg.types.builtins.INT8, Number)
isoTypes.setTypeParser(pg.types.builtins.TIMESTAMPTZ, toIsoTime)

const usualTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00$/

/** From PostgreSQL's form, `2026-11-22 18:40:00.25+00`, without the detour of a Date where it is so. */
export function toIsoTime(text: string): string {
  if (!usualTime.test(text)) return new Date(text).toISOString()
  const milliseconds = text.slice(20, -3).padEnd(3, '0').slice(0, 3)
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds}Z`
}

/** The same from its form in JSON, `2026-11-22T18:40:00.25+00:00`. */
export function toIsoTimeFromJson(text: string): string {
  if (text[10] !== 'T' || !text.endsWith('+00:00')) return new Date(text).toISOString()
  const fraction = text.slice(19, -6) || '.'
  return fraction.length >= 4
    ? `${text.slice(0, 23)}Z`
    : `${text.slice(0, 19)}${fraction.padEnd(4, '0')}Z`
}

/** For rows in which times are Dates. */
export function withIsoTimes<Row extends object>(rows: Row[]): Row[] {
  for (const row of rows as Record<string, unknown>[]) {
    for (const name in row) {
      if (row[name] instanceof Date) row[name] = row[name].toISOString()
    }
  }
  return rows
}
