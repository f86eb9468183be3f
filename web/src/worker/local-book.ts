import {
  catchUp,
  emptyState,
  fromBlock,
  nothingChanged,
  readSmall,
  setRow,
  type BookState,
  type Changed,
  type ContactBlock,
} from './book-state.ts'
import type { Contact, Rows, Sort } from './calls.ts'
import {
  bookStores,
  noId,
  slotsInContactBlock,
  slotsInIndexBlock,
  type BookDatabase,
  type Head,
} from './database.ts'
import type { Edit } from './edit.ts'
import { shownRows } from './index-row.ts'
import { createOrders, type Ordered, type Orders } from './orders.ts'
import { languageOf } from './stored-meta.ts'

/** The copy of the book on this device, as this tab knows it. */
export type LocalBook = {
  readonly state: BookState
  readonly orders: Orders
  /** Reads what the first screen needs: the order, and the rows that come first in it. */
  loadFirst: () => Promise<Rows | null>
  /** Reads the index; `onRows` gets it block by block. */
  loadIndex: (onRows: (rows: Rows) => void) => Promise<void>
  /** Resolves when the whole index is in memory. */
  readonly whole: Promise<void>
  counts: () => Counts
  contact: (id: string) => Promise<Contact | null>
  contacts: (ids: readonly string[]) => Promise<Contact[]>
  /** All contacts that are there, block by block. */
  everyContact: () => AsyncGenerator<Contact>
  /**
   * Writes in one transaction, after those of other tabs.
   * @param isTyped whether it is on the disk, and not only on its way there, when this resolves
   */
  write: <T>(isTyped: boolean, work: (edit: Edit) => Promise<T> | T) => Promise<T>
  /** The order to be shown first at the next start. */
  rememberSort: (sort: Sort) => void
  /** Reads what another tab has written. */
  refresh: () => Promise<void>
  /** Makes all rows anew, when names are shown in another order. */
  reindex: () => Promise<void>
  close: () => void
}

/** How many contacts there are, and how many with each label. */
export type Counts = { total: number; counts: Record<string, number> }

type StoredStart = { version: number; sort: Sort; ordered: Ordered; rows: Rows; counts: Counts }

// How many rows the first screen gets, and the pause after a write before they are stored.
const firstRows = 200
const storeAfterMs = 1_000

export function createLocalBook(
  database: BookDatabase,
  onChanged: (changed: Changed, isOwn: boolean) => void,
): LocalBook {
  const state = emptyState()
  const orders = createOrders(state, languageOf(state.meta))
  const { promise: whole, resolve: isWhole } = Promise.withResolvers<void>()
  let lastWrite: Promise<unknown> = Promise.resolve()
  let storing: ReturnType<typeof setTimeout> | undefined
  let sort: Sort = 'last_name'
  // Those of the last time, until the index is read.
  let storedCounts: Counts | null = null

  const isLastNameFirst = () => state.meta.preferences?.name_order === 'last_name_first'

  function takeOver(changed: Changed, isOwn: boolean) {
    orders.update(changed)
    onChanged(changed, isOwn)
    clearTimeout(storing)
    storing = setTimeout(() => void storeStart().catch(() => {}), storeAfterMs)
  }

  /** For the next start, which shows it before the index is read. */
  async function storeStart() {
    const ordered = orders.get(sort)
    const rows = shownRows([...ordered.slots.subarray(0, firstRows)], state.rows)
    const start: StoredStart = { version: state.version, sort, ordered, rows, counts: counts() }
    await database.put('meta', start, 'start')
  }

  function counts(): Counts {
    if (storedCounts) return storedCounts
    const counts = Object.fromEntries([...state.labels.keys()].map((id) => [id, 0]))
    for (const row of state.rows)
      for (const id of row?.labels ?? []) counts[id] = (counts[id] ?? 0) + 1
    return { total: state.slots.size, counts }
  }

  async function writeNow<T>(isTyped: boolean, work: (edit: Edit) => Promise<T> | T): Promise<T> {
    await whole
    // Loaded behind the first screen, and before the transaction, which would end while it waits.
    const { beginEdit } = await import('./edit.ts')
    const durability = isTyped ? 'strict' : 'relaxed'
    const tx = database.transaction(bookStores, 'readwrite', { durability })
    // Awaited below; a failure before that is not unhandled.
    tx.done.catch(() => {})
    const missed = await catchUp(tx, state)
    if (missed.slots.size > 0 || missed.isWhole) takeOver(missed, false)
    const edit = beginEdit(tx, state, isLastNameFirst())
    const result = await work(edit)
    await edit.flush()
    await tx.done
    takeOver(edit.commit(), true)
    return result
  }

  async function slotOf(id: string): Promise<number | null> {
    const known = state.slots.get(id)
    if (known !== undefined || id.length !== noId.length) return known ?? null
    for (const [number, ids] of (await database.getAll('ids')).entries()) {
      const at = ids.indexOf(id)
      if (at >= 0) return number * slotsInIndexBlock + at / noId.length
    }
    return null
  }

  async function contact(id: string): Promise<Contact | null> {
    const slot = await slotOf(id)
    if (slot === null) return null
    const block = await database.get('contacts', Math.floor(slot / slotsInContactBlock))
    return block?.[slot % slotsInContactBlock] ?? null
  }

  async function* everyContact() {
    const blocks = Math.ceil(state.nextSlot / slotsInContactBlock)
    for (let number = 0; number < blocks; number++) {
      const block = await database.get('contacts', number)
      for (const contact of block ?? []) if (contact) yield contact
    }
  }

  return {
    state,
    orders,
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
      // Written since the order was stored.
      if (start?.version !== state.version) orders.reset(languageOf(state.meta))
      storedCounts = null
      isWhole()
    },
    counts,
    contact,
    async contacts(ids) {
      await whole
      const blocks = new Map<number, Promise<ContactBlock | undefined>>()
      const read = async (id: string) => {
        const slot = state.slots.get(id) ?? -1
        const number = Math.floor(slot / slotsInContactBlock)
        if (!blocks.has(number)) blocks.set(number, database.get('contacts', number))
        return (await blocks.get(number))?.[slot % slotsInContactBlock] ?? []
      }
      return (await Promise.all(ids.map(read))).flat()
    },
    everyContact,
    write(isTyped, work) {
      const writing = lastWrite.then(() => writeNow(isTyped, work))
      lastWrite = writing.catch(() => {})
      return writing
    },
    rememberSort(shown) {
      if (shown === sort) return
      sort = shown
      takeOver(nothingChanged(), false)
    },
    async refresh() {
      const reading = lastWrite.then(async () => {
        await whole
        const tx = database.transaction(bookStores, 'readwrite')
        const version = state.version
        const missed = await catchUp(tx, state)
        if (version !== state.version) takeOver(missed, false)
      })
      lastWrite = reading.catch(() => {})
      return reading
    },
    async reindex() {
      orders.reset(languageOf(state.meta))
      const ids = [...state.slots.keys()]
      for (let start = 0; start < ids.length; start += slotsInIndexBlock) {
        await this.write(false, async (edit) => {
          for (const id of ids.slice(start, start + slotsInIndexBlock)) {
            const one = await edit.contact(id)
            if (one) await edit.put(one)
          }
        })
      }
    },
    close() {
      clearTimeout(storing)
      database.close()
    },
  }
}
