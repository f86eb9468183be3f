import type { ListField } from '@kith/server/book/fields'
import { partsOf, type Row } from './form.ts'
import { firstLabelOf } from './labels-of-lists.ts'

/** A new row at the end of a list, with the most usual label that no other row has. */
export function addRow(list: ListField, rows: Row[], key: string): Row[] {
  const parts = Object.fromEntries(partsOf(list).map((part) => [part, '']))
  const label = firstLabelOf(list, new Set(rows.map((row) => row.parts['label'] ?? '')))
  return [...rows, { key, parts: { ...parts, label } }]
}

/** The rows without one, and which row is to get the focus: the one above, else the first. */
export function removeRow(rows: Row[], key: string): { rows: Row[]; focus: string | null } {
  const at = rows.findIndex((row) => row.key === key)
  const left = rows.filter((row) => row.key !== key)
  return { rows: left, focus: left[Math.max(at - 1, 0)]?.key ?? null }
}

/** Moves a row up (-1) or down (1); at the end it stays where it is. */
export function moveRow(rows: Row[], key: string, step: -1 | 1): Row[] {
  const at = rows.findIndex((row) => row.key === key)
  const row = rows[at]
  const other = rows[at + step]
  if (!row || !other) return rows
  return rows.with(at, other).with(at + step, row)
}

export function changePart(rows: Row[], key: string, part: string, text: string): Row[] {
  return rows.map((row) =>
    row.key === key ? { ...row, parts: { ...row.parts, [part]: text } } : row,
  )
}
