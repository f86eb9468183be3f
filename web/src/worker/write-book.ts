import type { BookState, Changed } from './book-state.ts'
import { catchUp } from './catch-up.ts'
import { bookStores, type BookDatabase } from './database.ts'
import { beginEdit, type Edit } from './edit.ts'

type TakeOver = (changed: Changed, isOwn: boolean) => void

/** Writes in one transaction, after what other tabs have written. */
export async function writeBook<T>(
  database: BookDatabase,
  state: BookState,
  takeOver: TakeOver,
  isTyped: boolean,
  work: (edit: Edit) => Promise<T> | T,
): Promise<T> {
  const durability = isTyped ? 'strict' : 'relaxed'
  const tx = database.transaction(bookStores, 'readwrite', { durability })
  // Awaited below; a failure before that is not unhandled.
  tx.done.catch(() => {})
  try {
    const missed = await catchUp(tx, state)
    if (missed.slots.size > 0 || missed.isWhole) takeOver(missed, false)
    const isLastNameFirst = state.meta.preferences?.name_order === 'last_name_first'
    const edit = beginEdit(tx, state, isLastNameFirst)
    const result = await work(edit)
    await edit.flush()
    await tx.done
    takeOver(edit.commit(), true)
    return result
  } catch (error) {
    // Why a transaction was aborted says more than that it was.
    throw tx.error ?? error
  }
}

/** Reads what another tab has written. */
export async function refreshBook(
  database: BookDatabase,
  state: BookState,
  takeOver: TakeOver,
): Promise<void> {
  const { version } = state
  const missed = await catchUp(database.transaction(bookStores), state)
  if (version !== state.version) takeOver(missed, false)
}
