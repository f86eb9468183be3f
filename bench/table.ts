import type { Row, Spread, Verdict } from './summary.ts'

export type Column<R> = { title: string; cell: (row: R) => string }

/** All rows as a table for the terminal. */
export function toTable(rows: Row[]): string {
  return layOut([...commonColumns, ...ratioColumns(rows), ...costColumns], rows)
}

/** Columns that nobody fills are left out; the first two are texts. */
export function layOut<R extends { scenario: string }>(columns: Column<R>[], rows: R[]): string {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => cellsOf(row, columns))]
  const widths = columns.map((_, index) =>
    Math.max(...lines.map((cells) => (cells[index] ?? '').length)),
  )
  const isFilled = columns.map((_, index) => lines.slice(1).some((cells) => cells[index] !== none))
  const shown = lines.map((cells) =>
    cells
      .map((cell, index) =>
        index < leftColumns ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .filter((_, index) => isFilled[index])
      .join('  '),
  )
  return withGaps(shown, rows).join('\n')
}

/** One line for each bound. */
export function toVerdicts(verdicts: Verdict[]): string {
  const width = Math.max(...verdicts.map(({ what }) => what.length))
  return verdicts
    .map(({ what, value, bound, isLeast, met }) => {
      const bounds = `(${isLeast ? 'at least' : 'at most'} ${plain(bound)})`
      return `${met ? '✓' : '✗'} ${what.padEnd(width)}  ${plain(value).padStart(6)}  ${bounds}`
    })
    .join('\n')
}

export const none = '–'
const leftColumns = 2

const commonColumns: Column<Row>[] = [
  { title: 'scenario', cell: ({ scenario }) => scenario },
  { title: 'subject', cell: ({ subject }) => subject },
  { title: 'req/s', cell: ({ figures }) => show(figures.requestsPerSecond, 0) },
  { title: '±%', cell: ({ figures }) => deviation(figures.requestsPerSecond) },
  { title: 'p50 ms', cell: ({ figures }) => show(figures.p50Ms, 2) },
  { title: 'p99 ms', cell: ({ figures }) => show(figures.p99Ms, 2) },
]

const costColumns: Column<Row>[] = [
  { title: 'CPU µs', cell: ({ figures }) => show(figures.cpuMicros, 0) },
  { title: 'DB µs', cell: ({ figures }) => show(figures.databaseCpuMicros, 0) },
  { title: 'bytes', cell: ({ figures }) => show(figures.bytesPerRequest, 0) },
  { title: 'MB', cell: ({ figures }) => show(figures.residentMb, 0) },
]

function ratioColumns([row]: Row[]): Column<Row>[] {
  return Object.keys(row?.ratios ?? {}).map((title) => ({
    title,
    cell: ({ ratios }) => show(ratios[title] ?? null, 2),
  }))
}

function cellsOf<R>(row: R, columns: Column<R>[]): string[] {
  return columns.map(({ cell }) => cell(row))
}

export function show(spread: Spread | null, digits: number): string {
  return spread === null ? none : spread.median.toFixed(digits)
}

/** Half of the way from the lowest to the highest, in percent of the median. */
export function deviation(spread: Spread | null): string {
  return spread === null ? none : (((spread.max - spread.min) / 2 / spread.median) * 100).toFixed(0)
}

function withGaps([head = '', ...lines]: string[], rows: { scenario: string }[]): string[] {
  return [
    head,
    ...lines.flatMap((line, index) =>
      rows[index]?.scenario === rows[index - 1]?.scenario ? [line] : ['', line],
    ),
  ]
}

function plain(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2)
}
