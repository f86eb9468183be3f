import { fromBlock, nothingChanged, readSmall, setRow, type BookState } from './book-state.ts'
import type { Rows, Sort } from './calls.ts'
import { bookStores, slotsInIndexBlock, type BookDatabase, type Head } from './database.ts'
import { shownRows } from './index-row.ts'
import type { Ordered, Orders } from './orders.ts'
import { languageOf } from './stored-meta.ts'

/** How many contacts there are, and how many with each label. */
export type Counts = { total: number; counts: Record<string, number> }

/** How a tab comes to know the book: the first screen of last time at once, then the index. */
export type BookStart = {
  /** Reads what the first screen needs: the order, and the rows that come first in it. */
  loadFirst: () => Promise<Rows | null>
  /** Reads the index; `onRows` gets it block by block. */
  loadIndex: (onRows: (rows: Rows) => void) => Promise<void>
  /** Resolves when the whole index is in memory. */
  readonly whole: Promise<void>
  counts: () => Counts
  /** The order to be shown first at the next start. */
  rememberSort: (sort: Sort) => void
  /** Stores the first screen of the next start, once nothing has been written for a while. */
  storeSoon: () => void
  stop: () => void
}

type StoredStart = { version: number; sort: Sort; ordered: Ordered; rows: Rows; counts: Counts }

// How many rows the first screen gets, and the pause after a write before they are stored.
const firstRows = 200
const storeAfterMs = 1_000

export function createStart(database: BookDatabase, state: BookState, orders: Orders): BookStart {
  const { promise: whole, resolve: isWhole } = Promise.withResolvers<void>()
  let storing: ReturnType<typeof setTimeout> | undefined
  let sort: Sort = 'first_name'
  // Those of the last time, until the index is read.
  let storedCounts: Counts | null = null

  async function store() {
    const ordered = orders.get(sort)
    const rows = shownRows([...ordered.slots.subarray(0, firstRows)], state.rows)
    const start: StoredStart = { version: state.version, sort, ordered, rows, counts: counts() }
    await database.put('meta', start, 'start')
  }

  function storeSoon(afterMs = storeAfterMs) {
    clearTimeout(storing)
    storing = setTimeout(() => void store().catch(() => {}), afterMs)
  }

  function counts(): Counts {
    if (storedCounts) return storedCounts
    const counts = Object.fromEntries([...state.labels.keys()].map((id) => [id, 0]))
    for (const row of state.rows)
      for (const id of row?.labels ?? []) counts[id] = (counts[id] ?? 0) + 1
    return { total: state.slots.size, counts }
  }

  return {
    whole,
    async loadFirst() {
      const tx = database.transaction(bookStores)
      const start = (await tx.objectStore('meta').get('start')) as StoredStart | undefined
      await readSmall(tx, state)
      orders.reset(languageOf(state.meta))
      if (!start) return null
      sort = start.sort
      storedCounts = start.counts
      orders.restore(sort, start.ordered)
      return start.rows
    },
    async loadIndex(onRows) {
      const tx = database.transaction(bookStores)
      const head = (await tx.objectStore('meta').get('head')) as Head | undefined
      const start = (await tx.objectStore('meta').get('start')) as StoredStart | undefined
      state.nextSlot = head?.nextSlot ?? 0
      for (let first = 0; first < state.nextSlot; first += slotsInIndexBlock) {
        const rows = fromBlock(await tx.objectStore('index').get(first / slotsInIndexBlock))
        const slots = rows.map((_, at) => first + at)
        for (const slot of slots) setRow(state, slot, rows[slot - first] ?? null, nothingChanged())
        onRows(shownRows(slots, state.rows))
      }
      await readSmall(tx, state)
      state.version = head?.version ?? 0
      storedCounts = null
      // Written since the order was stored.
      if (start?.version !== state.version) {
        orders.reset(languageOf(state.meta))
        storeSoon(0)
      }
      isWhole()
    },
    counts,
    rememberSort(shown) {
      if (shown === sort) return
      sort = shown
      // At once, since the next start would show nothing before the whole index is read.
      storeSoon(0)
    },
    storeSoon,
    stop: () => clearTimeout(storing),
  }
}
