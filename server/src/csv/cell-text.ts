import { unprotect } from './formula.ts'

const excelText = /^="((?:[^"]|"")*)"$/
// Marks of writing direction, joiners and byte order marks, as they are copied along from a screen.
const invisible = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g

/** The text of a cell of another program: `="061"` keeps Excel from dropping the zero. */
export function cellText(cell: string): string {
  const text = unprotect(cell).trim()
  const inner = excelText.exec(text)?.[1]
  return inner === undefined ? text : inner.replaceAll('""', '"').trim()
}

/** A number or address without the invisible characters around or in it. */
export function visibleText(value: string): string {
  return value.replaceAll(invisible, '').trim()
}
