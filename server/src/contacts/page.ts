import { contactFormats } from '../book/formats.ts'
import { invalidField } from '../errors.ts'
import type { ListQuery, Sort } from './request-schema.ts'
import { columnsVersion } from './store/columns.ts'
import { orders, type Order, type Page } from './store/order.ts'

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
export function cursorAfter(row: { id: string; place: string }, order: Order): string {
  return Buffer.from(JSON.stringify([nameOf(order), row.place, row.id])).toString('base64url')
}

/** What names an order in a cursor. Another version of the columns has other keys of names. */
function nameOf({ name, isTime }: Order): string {
  return isTime ? name : `${name} ${columnsVersion}`
}

function readCursor(cursor: string, order: Order): { key: string; id: string } {
  try {
    const [name, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (
      name === nameOf(order) &&
      isText(key) &&
      isText(id) &&
      order.isKey(key) &&
      contactFormats.uuid.isValid(id)
    ) {
      return { key, id }
    }
  } catch {
    // An unreadable cursor is none of ours.
  }
  throw invalidField('/after', 'is not a cursor of this list.')
}

function orderFor(sort: Sort): Order {
  const descending = sort.startsWith('-')
  const base = orders[descending ? sort.slice(1) : sort]
  if (!base) throw invalidField('/sort', 'is not an order.')
  return { ...base, name: sort, descending }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0') && value.isWellFormed()
}
