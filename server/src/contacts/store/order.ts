export type Order = {
  name: string
  /** The SQL to sort by, and the cast of a value that is compared with it. */
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
  /** Only what stands behind this row, which was already seen. */
  after: Place | null
}

/** The key and id of a row, and whether it is one of those behind the exact hits of a search. */
export type Place = { key: string; id: string; isSimilar?: true }

// The sort key begins with the letters of the name that a contact is filed under and then those of its
// first name, which is empty where that is the name itself.
const letters = `split_part(sort_key, e'\\x01', 1)`
const givenName = `split_part(${letters}, e'\\x02', 2)`
const byGivenName = `coalesce(nullif(${givenName}, '') || e'\\x02', '') || sort_key`

export const orders: Record<string, Omit<Order, 'descending' | 'name'>> = {
  name: textOrder('sort_key'),
  last_name: textOrder('sort_key'),
  first_name: textOrder(byGivenName),
  created_at: timeOrder('created_at'),
  updated_at: timeOrder('updated_at'),
}

function textOrder(column: string) {
  return { column, type: '', isTime: false, isKey: () => true }
}

/** The order of the list where none is asked for. */
export const byName: Order = { ...textOrder('sort_key'), name: 'name', descending: false }

/** The order of a search: the best hits first. Which these are follows from the words. */
export const byRelevance: Order = { ...byName, name: 'relevance', column: 'relevance' }

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

/** The SQL that sorts by an order, and where that is the same by ids. */
export function sorted({
  column,
  descending,
  id = 'id',
}: Pick<Order, 'column' | 'descending'> & { id?: string }): string {
  const direction = descending ? 'desc' : 'asc'
  return `order by ${column} ${direction}, ${id} ${direction}`
}
