import { contactFormats } from '../book/formats.ts'
import { invalidField } from '../errors.ts'
import type { ListQuery, SearchQuery, Sort } from './request-schema.ts'
import { columnsVersion } from './store/columns.ts'
import { byName, byRelevance, orders, type Order, type Page, type Place } from './store/order.ts'

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
 * The same for the hits of a search, behind which similar ones may come.
 * @throws AppError `invalid`
 */
export function readSearchPage(
  query: Pick<SearchQuery, 'skip' | 'limit' | 'sort' | 'after'>,
  hasWords: boolean,
): Page {
  const { skip, limit, sort, after } = query
  // Without words, all are as relevant.
  const relevant = hasWords ? byRelevance : byName
  const order = sort === 'relevance' ? relevant : orderFor(sort)
  if (after === undefined) return { order, skip, limit, after: null }
  const similar = placeIn(after, similarHits)
  if (similar) return { order, skip, limit, after: { ...similar, isSimilar: true } }
  return { order, skip, limit, after: readCursor(after, order) }
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
export function cursorAfter(
  row: { id: string; place: string; match?: 'similar' },
  order: Order,
): string {
  const name = nameOf(row.match === 'similar' ? similarHits : order)
  return Buffer.from(JSON.stringify([name, row.place, row.id])).toString('base64url')
}

// Whatever the order of the others: similar hits have one of their own.
const similarHits: Order = { ...byRelevance, name: 'similar' }

/** What names an order in a cursor. Another version of the columns has other keys of names. */
function nameOf({ name, isTime }: Order): string {
  return isTime ? name : `${name} ${columnsVersion}`
}

function readCursor(cursor: string, order: Order): Place {
  const place = placeIn(cursor, order)
  if (place === null) throw invalidField('/after', 'is not a cursor of this list.')
  return place
}

/** The place that a cursor of this order leads to; null for any other text. */
function placeIn(cursor: string, order: Order): Place | null {
  try {
    const [name, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    const isOurs =
      name === nameOf(order) &&
      isText(key) &&
      isText(id) &&
      order.isKey(key) &&
      contactFormats.uuid.isValid(id)
    return isOurs ? { key, id } : null
  } catch {
    return null
  }
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
