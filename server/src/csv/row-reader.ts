import { cellText } from './cell-text.ts'
import { columnReader, isLate } from './column-reader.ts'
import type { Column } from './column.ts'
import { type ColumnReader, type Draft, emptyDraft, type Reading } from './draft.ts'
import { unprotect } from './formula.ts'
import { nameOf, repeaterOf, repeats } from './full-name.ts'
import { type FileFormat, type ValueColumns, valueReader } from './value-reader.ts'

// Outlook's columns are in alphabetical order, but a fax or an assistant is nobody's first number.
const rarelyCalled = /fax$|^(?:pager|assistant|callback|radio|isdn|telex|tty\/tdd)$/

/** Makes a function that reads the rows of a file with these headers. */
export function rowReader(
  headers: string[],
  columns: Column[],
  format: FileFormat,
): (row: string[]) => Reading {
  const { values, singles } = joinColumns(columns)
  const late = singles.filter(([column]) => isLate(column))
  const early = singles.filter(([column]) => !isLate(column))
  const readerOf = ([column, index]: SingleColumn) =>
    columnReader(column, index, headers, columns, format)
  const readers: ColumnReader[] = [
    ...early.map(readerOf),
    ...values.map((valueColumns) => valueReader(valueColumns, headers, format)),
    ...late.map(readerOf),
  ]
  return (row) => {
    const draft = emptyDraft()
    const cells = row.map((cell) => (format.isOwn ? unprotect(cell) : cellText(cell)))
    for (const read of readers) read(cells, draft)
    if (!format.isOwn) {
      dropRepeatedTitle(draft)
      dropRepeatedLabels(draft)
    }
    const { contact, labels, uid, beyond } = draft
    return { contact, labels, uid, ...(beyond && { beyond }) }
  }
}

/** Some programs write the full name as the title too. */
function dropRepeatedTitle({ contact }: Draft): void {
  const { prefix, first_name, middle_name, last_name } = contact
  if (prefix !== null && repeats(prefix, [first_name, middle_name, last_name])) {
    contact.prefix = null
  }
}

/** The name before an address mostly is the contact's own. */
function dropRepeatedLabels({ contact }: Draft): void {
  if (contact.emails.every(({ label }) => label === null)) return
  const isRepeated = repeaterOf(nameOf(contact))
  contact.emails = contact.emails.map(({ label, value }) => {
    return { label: label !== null && isRepeated(label) ? null : label, value }
  })
}

type SingleColumn = [column: Column, index: number]

/** Joins the columns that together hold one value; the other ones are `singles`. */
function joinColumns(columns: Column[]): { values: ValueColumns[]; singles: SingleColumn[] } {
  const joined: ValueColumns[] = []
  const latest = new Map<string, ValueColumns>()
  const singles: SingleColumn[] = []
  for (const [index, column] of columns.entries()) {
    if (column.as !== 'part') {
      singles.push([column, index])
      continue
    }
    const { list, label, part, valueKey } = column
    let value = latest.get(valueKey)
    // The second column with the same header begins another value.
    if (value === undefined || value.columns.has(part)) {
      value = { list, label, columns: new Map() }
      joined.push(value)
      latest.set(valueKey, value)
    }
    value.columns.set(part, index)
  }
  for (const { columns } of joined.filter((value) => !holdsValue(value))) {
    for (const index of columns.values()) singles.push([{ as: 'usual' }, index])
  }
  return { values: joined.filter(holdsValue).sort((a, b) => rank(a) - rank(b)), singles }
}

function holdsValue({ columns }: ValueColumns): boolean {
  return [...columns.keys()].some((part) => part !== 'label' && part !== 'service')
}

function rank({ list, label }: ValueColumns): number {
  return list === 'phones' && label !== null && rarelyCalled.test(label) ? 1 : 0
}
