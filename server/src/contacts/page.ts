import { invalidField } from '../errors.ts'
import { formats } from '../http/formats.ts'
import type { ListQuery, Sort } from './request-schema.ts'

export type Order = {
  name: string
  /** The SQL of what is sorted by, and how a value that is compared with it is cast. */
  column: string
  type: string
  isTime: boolean
  descending: boolean
  isKey: (text: string) => boolean
}

/** Which part of a list is asked for. */
export type Page = {
  order: Order
  skip: number
  limit: number
  /** Only what stands behind this place: the key and id of a row already seen. */
  after: { key: string; id: string } | null
}

// The search text begins with the first name and then the last, so it also sorts by them.
const orders: Record<string, Omit<Order, 'descending' | 'name'>> = {
  name: textOrder('sort_key'),
  last_name: textOrder('sort_key'),
  first_name: textOrder('search'),
  created_at: timeOrder('created_at'),
  updated_at: timeOrder('updated_at'),
}

/**
 * Reads the paging part of a query.
 * @throws AppError `invalid` for a cursor that is not ours, or belongs to another order
 */
export function readPage(query: Pick<ListQuery, 'skip' | 'limit' | 'sort' | 'after'>): Page {
  const order = orderFor(query.sort)
  return {
    order,
    skip: query.skip,
    limit: query.limit,
    after: query.after === undefined ? null : readCursor(query.after, order),
  }
}

/**
 * The same for a list that has one order only.
 * @throws AppError `invalid`
 */
export function readPageOf(order: Order, query: Pick<ListQuery, 'limit' | 'after'>): Page {
  const after = query.after === undefined ? null : readCursor(query.after, order)
  return { order, skip: 0, limit: query.limit, after }
}

/** The opaque cursor that continues a list behind this row. */
export function cursorAfter(row: { id: string; place: string }, { name }: Order): string {
  return Buffer.from(JSON.stringify([name, row.place, row.id])).toString('base64url')
}

function readCursor(cursor: string, order: Order): { key: string; id: string } {
  try {
    const [name, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (
      name === order.name &&
      isText(key) &&
      isText(id) &&
      order.isKey(key) &&
      formats.uuid.isValid(id)
    ) {
      return { key, id }
    }
  } catch {
    // What cannot be read was not written by us.
  }
  throw invalidField('/after', 'is not a cursor of this list.')
}

function orderFor(sort: Sort): Order {
  const descending = sort.startsWith('-')
  const base = orders[descending ? sort.slice(1) : sort]
  if (!base) throw invalidField('/sort', 'is not an order.')
  return { ...base, name: sort, descending }
}

function textOrder(column: 'sort_key' | 'search') {
  return { column, type: '', isTime: false, isKey: () => true }
}

/** In whole milliseconds, which is what a cursor carries. */
export function timeOrder(column: string) {
  return {
    column: `date_trunc('milliseconds', ${column})`,
    type: '::timestamptz',
    isTime: true,
    isKey: isTime,
  }
}

/** Also for PostgreSQL, which knows no year 0. */
function isTime(text: string): boolean {
  const time = Date.parse(text)
  return text >= '0001' && !Number.isNaN(time) && new Date(time).toISOString() === text
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0') && value.isWellFormed()
}
