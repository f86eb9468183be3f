import type { Problem } from './records.ts'

/** Why a row was not read: a stable code, and a sentence for people. */
export type RowFailure = { code: Problem | 'too_many_cells' | 'nul_character'; reason: string }

const reasons: Record<RowFailure['code'], string> = {
  broken_quotes:
    'A quotation mark is not closed, or stands inside a quoted cell without being doubled.',
  too_large: 'The row is larger than 1 MiB.',
  unreadable_rest: 'From here on too many rows are broken: the rest of the file was not read.',
  too_many_cells: 'The row has more cells than the file has columns.',
  nul_character: 'The row holds a NUL character, which no text has.',
}

export function rowFailure(
  cells: string[],
  problem: Problem | null,
  columns: number,
): RowFailure | null {
  const code = problem ?? codeOf(cells, columns)
  return code === null ? null : { code, reason: reasons[code] }
}

function codeOf(cells: string[], columns: number): RowFailure['code'] | null {
  if (cells.slice(columns).some((cell) => cell.trim() !== '')) return 'too_many_cells'
  return cells.some((cell) => cell.includes('\0')) ? 'nul_character' : null
}
