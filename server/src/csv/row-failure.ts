import type { Problem } from './records.ts'

type Code = Problem | 'too_many_cells' | 'nul_character'

/** Why a row was not read: a stable code and a sentence for people. */
export type RowFailure = {
  code: Code
  reason: string
  /** Whether the cells are not the whole row. */
  isTruncated: boolean
}

const reasons: Record<Code, string> = {
  broken_quotes:
    'A quotation mark is not closed, or stands inside a quoted cell without being doubled.',
  too_large:
    'The row is larger than 1 MiB, or has more than 16384 cells. It is not in the file of the ' +
    'failed entries.',
  unreadable_rest:
    'From here on too many rows are broken: the rest of the file was not read. It is not in the ' +
    'file of the failed entries.',
  too_many_cells: 'The row has more cells than the file has columns.',
  nul_character: 'The row holds a NUL character, which no text has.',
}

export function rowFailure(
  cells: string[],
  problem: Problem | null,
  columns: number,
): RowFailure | null {
  const code = problem ?? codeOf(cells, columns)
  if (code === null) return null
  const isTruncated = code === 'too_large' || code === 'unreadable_rest'
  return { code, reason: reasons[code], isTruncated }
}

function codeOf(cells: string[], columns: number): Code | null {
  if (cells.slice(columns).some((cell) => cell.trim() !== '')) return 'too_many_cells'
  return cells.some((cell) => cell.includes('\0')) ? 'nul_character' : null
}
