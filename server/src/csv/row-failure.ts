import type { Problem } from './records.ts'

type Code = Problem | 'too_many_cells' | 'nul_character'

/** Why a row was not read. */
export type RowFailure = {
  code: Code
  /** Whether the cells are not the whole row. */
  isTruncated: boolean
}

export function rowFailure(
  cells: string[],
  problem: Problem | null,
  columns: number,
): RowFailure | null {
  const code = problem ?? codeOf(cells, columns)
  if (code === null) return null
  const isTruncated = code === 'too_large' || code === 'unreadable_rest'
  return { code, isTruncated }
}

function codeOf(cells: string[], columns: number): Code | null {
  if (cells.slice(columns).some((cell) => cell.trim() !== '')) return 'too_many_cells'
  return cells.some((cell) => cell.includes('\0')) ? 'nul_character' : null
}
