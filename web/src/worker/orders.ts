import type { BookState, Changed } from './book-state.ts'
import type { Head, Slot, Sort } from './calls.ts'
import { headsOf, languageOrder, orderBy, reorder, sortSlots, type Order } from './sort.ts'

/** All contacts in an order, and where each letter begins. */
export type Ordered = { slots: Uint32Array; heads: Head[] }

/** The orders that were asked for, kept up to date. */
export type Orders = {
  get: (sort: Sort) => Ordered
  /** Takes over an order that was stored, until the index is read. */
  restore: (sort: Sort, ordered: Ordered) => void
  has: (sort: Sort) => boolean
  order: (sort: Sort) => Order
  update: (changed: Changed) => void
  /** Everything is sorted anew, perhaps in another language. */
  reset: (language: string) => void
}

export function createOrders(state: BookState, language: string): Orders {
  const known = new Map<Sort, Ordered>()
  let letters = languageOrder(language)

  function sortAll(sort: Sort): Ordered {
    const order = orderBy(sort, state.rows, letters)
    const slots = sortSlots(state.slots.values(), order)
    return { slots, heads: headsOf(slots, order) }
  }

  return {
    get(sort) {
      const found = known.get(sort)
      if (found) return found
      const sorted = sortAll(sort)
      known.set(sort, sorted)
      return sorted
    },
    restore: (sort, ordered) => void known.set(sort, ordered),
    has: (sort) => known.has(sort),
    order: (sort) => orderBy(sort, state.rows, letters),
    update({ slots: changed, isWhole }) {
      if (isWhole) return known.clear()
      if (changed.size === 0) return
      const members = [...changed].filter((slot: Slot) => state.rows[slot])
      for (const [sort, { slots: before }] of known) {
        const order = orderBy(sort, state.rows, letters)
        const slots = reorder(before, changed, members, order)
        known.set(sort, { slots, heads: headsOf(slots, order) })
      }
    },
    reset(language) {
      letters = languageOrder(language)
      known.clear()
    },
  }
}
