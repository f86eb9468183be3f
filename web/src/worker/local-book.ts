import { readContacts, type BookContacts } from './book-contacts.ts'
import { createStart, type BookStart } from './book-start.ts'
import { emptyState, type BookState, type Changed } from './book-state.ts'
import { slotsInIndexBlock, type BookDatabase } from './database.ts'
import { withRoom, type Disk } from './disk.ts'
import type { Edit } from './edit.ts'
import { createOrders, type Orders } from './orders.ts'
import { languageOf } from './stored-meta.ts'

/** The copy of the book on this device, as this tab knows it. */
export type LocalBook = Omit<BookStart, 'storeSoon' | 'stop'> &
  BookContacts & {
    readonly state: BookState
    readonly orders: Orders
    /**
     * Writes in one transaction, after those of other tabs.
     * @param isTyped whether it is on the disk, and not only on its way there, when this resolves
     */
    write: <T>(isTyped: boolean, work: (edit: Edit) => Promise<T> | T) => Promise<T>
    /** Reads what another tab has written. */
    refresh: () => Promise<void>
    /** Makes all rows anew, when names are shown in another order. */
    reindex: () => Promise<void>
    close: () => void
  }

/** Where the disk is never full. */
const endless: Disk = { makeRoom: async () => {}, setFull() {} }

export function createLocalBook(
  database: BookDatabase,
  onChanged: (changed: Changed, isOwn: boolean) => void,
  disk = endless,
): LocalBook {
  const state = emptyState()
  const orders = createOrders(state, languageOf(state.meta))
  const { storeSoon, stop, ...start } = createStart(database, state, orders)
  const { whole } = start
  let lastWrite: Promise<unknown> = Promise.resolve()

  function takeOver(changed: Changed, isOwn: boolean) {
    orders.update(changed)
    onChanged(changed, isOwn)
    storeSoon()
  }

  /** One after the other, whatever became of the one before. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const working = lastWrite.then(work)
    lastWrite = working.catch(() => {})
    return working
  }

  // Loaded behind the first screen, and before a transaction, which would end while it waits.
  async function writing() {
    await whole
    return import('./write-book.ts')
  }

  const write: LocalBook['write'] = (isTyped, work) =>
    inTurn(() =>
      withRoom(disk, async () => {
        const { writeBook } = await writing()
        return writeBook(database, state, takeOver, isTyped, work)
      }),
    )

  return {
    ...start,
    ...readContacts(database, state, whole),
    state,
    orders,
    write,
    refresh: () =>
      inTurn(async () => {
        const { refreshBook } = await writing()
        await refreshBook(database, state, takeOver)
      }),
    async reindex() {
      orders.reset(languageOf(state.meta))
      const ids = [...state.slots.keys()]
      for (let start = 0; start < ids.length; start += slotsInIndexBlock) {
        await write(false, async (edit) => {
          for (const id of ids.slice(start, start + slotsInIndexBlock)) {
            const one = await edit.contact(id)
            if (one) await edit.put(one)
          }
        })
      }
    },
    close() {
      stop()
      database.close()
    },
  }
}
