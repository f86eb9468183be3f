import { deviation, layOut, none, show, type Column } from '../table.ts'
import type { BulkFigure, BulkRow } from './summary.ts'

/** All rows as a table for the terminal. */
export function toBulkTable(rows: BulkRow[]): string {
  return layOut(columns, rows)
}

const columns: Column<BulkRow>[] = [
  { title: 'scenario', cell: ({ scenario }) => scenario },
  { title: 'subject', cell: ({ subject }) => subject },
  figure('contacts/s', 'contactsPerSecond', 0),
  { title: '±%', cell: ({ figures }) => deviation(figures.contactsPerSecond) },
  figure('MB/s', 'megabytesPerSecond', 1),
  { title: 'of COPY', cell: ({ ratios }) => show(ratios['of COPY'] ?? null, 2) },
  { title: 'of bare', cell: ({ ratios }) => show(ratios['of bare'] ?? null, 3) },
  figure('p50 ms', 'readP50Ms', 2),
  figure('p99 ms', 'readP99Ms', 2),
  {
    title: 'max ms',
    cell: ({ figures }) => (figures.readMaxMs ? figures.readMaxMs.max.toFixed(1) : none),
  },
  {
    title: 'no core %',
    cell: ({ figures }) => (figures.waited ? (figures.waited.median * 100).toFixed(0) : none),
  },
  figure('CPU µs', 'cpuMicros', 0),
  figure('DB µs', 'databaseCpuMicros', 0),
  {
    title: 'MB',
    cell: ({ figures }) => (figures.residentMb ? figures.residentMb.max.toFixed(0) : none),
  },
  {
    title: '+MB',
    cell: ({ aboveRestMb }) => (aboveRestMb === null ? none : aboveRestMb.toFixed(0)),
  },
]

function figure(title: string, name: BulkFigure, digits: number): Column<BulkRow> {
  return { title, cell: ({ figures }) => show(figures[name], digits) }
}
