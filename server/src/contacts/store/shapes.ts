import { fromArrays, inArrays, type Arrays } from '../../db/columns.ts'
import type { Order } from './order.ts'
import {
  columnList,
  shownColumnNames,
  timeColumns,
  wholeColumnNames,
  type ShownRow,
  type WholeRow,
} from './rows.ts'

/** A contact with its place in the order of the list. */
export type ListedRow<Row> = Row & { place: string }

/** Some of a list, and how many there are on all pages. */
export type Listed<Row> = { rows: ListedRow<Row>[]; total: number }

/** The columns that a list shows of each contact and its place in the order, with their SQL. */
export type Shape<Row> = {
  columns: string
  arrays: string
  rowsOf: (answer: Arrays | undefined, order: Pick<Order, 'isTime'>) => ListedRow<Row>[]
}

export const shownShape = shapeOf<ShownRow>(shownColumnNames)
/** All that there is of each contact. */
export const wholeShape = shapeOf<WholeRow>(wholeColumnNames)

const timesAndPlace = new Set([...timeColumns, 'place'])

function shapeOf<Row>(columnNames: readonly string[]): Shape<Row> {
  const names = [...columnNames, 'place']
  return {
    columns: columnList(columnNames),
    arrays: inArrays(names),
    rowsOf: (answer, { isTime }) =>
      fromArrays(names, isTime ? timesAndPlace : timeColumns, answer ?? {}),
  }
}
