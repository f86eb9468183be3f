import type { Column } from './column.ts'
import { columnReader, isLate } from './column-reader.ts'
import { emptyDraft, type ColumnReader, type Reading } from './draft.ts'
import { unprotect } from './formula.ts'
import { type ValueColumns, valueReader, type FileFormat } from './value-reader.ts'

// A fax or an assistant is nobody's first number; Outlook's columns are in alphabetical order.
const rarelyCalled = /fax$|^(?:pager|assistant|callback|radio|isdn|telex|tty\/tdd)$/

/** Makes a function that reads the rows of a file with these headers. */
export function rowReader(
  headers: string[],
  columns: Column[],
  origin: FileFormat,
): (row: string[]) => Reading {
  const { groups, singles } = joinColumns(columns)
  const late = singles.filter(([column]) => isLate(column))
  const early = singles.filter(([column]) => !isLate(column))
  const single = ([column, index]: SingleColumn) =>
    columnReader(column, index, headers, columns, origin)
  const readers: ColumnReader[] = [
    ...early.map(single),
    ...groups.map((group) => valueReader(group, headers, origin)),
    ...late.map(single),
  ]
  return (row) => {
    const draft = emptyDraft()
    const cells = row.map((cell) => (origin.isOwn ? unprotect(cell) : unprotect(cell).trim()))
    for (const read of readers) read(cells, draft)
    return { contact: draft.contact, labels: draft.labels, uid: draft.uid }
  }
}

type SingleColumn = [Column, number]

function joinColumns(columns: Column[]): { groups: ValueColumns[]; singles: SingleColumn[] } {
  const groups: ValueColumns[] = []
  const latest = new Map<string, ValueColumns>()
  const singles: SingleColumn[] = []
  for (const [index, column] of columns.entries()) {
    if (column.as !== 'part') {
      singles.push([column, index])
      continue
    }
    const { list, label, part } = column
    let group = latest.get(column.group)
    // The same header twice begins another value.
    if (group === undefined || group.columns.has(part)) {
      group = { list, label, columns: new Map() }
      groups.push(group)
      latest.set(column.group, group)
    }
    group.columns.set(part, index)
  }
  for (const { columns } of groups.filter((group) => !holdsValue(group))) {
    for (const index of columns.values()) singles.push([{ as: 'usual' }, index])
  }
  return { groups: groups.filter(holdsValue).sort((a, b) => rank(a) - rank(b)), singles }
}

function holdsValue({ columns }: ValueColumns): boolean {
  return [...columns.keys()].some((part) => part !== 'label' && part !== 'service')
}

function rank({ list, label }: ValueColumns): number {
  return list === 'phones' && label !== null && rarelyCalled.test(label) ? 1 : 0
}
