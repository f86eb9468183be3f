import type { Changed } from './book-state.ts'
import type { Sort, WorkerEvent } from './calls.ts'
import { shownRows } from './index-row.ts'
import type { LocalBook } from './local-book.ts'
import { languageOf } from './stored-meta.ts'

const sorts = ['first_name', 'last_name', 'changed'] as const satisfies Sort[]

/** Shows what was written. */
export function announce(
  book: LocalBook,
  changed: Changed,
  emit: (event: WorkerEvent) => void,
): void {
  const { state } = book
  if (changed.slots.size > 0) {
    emit({ type: 'rows', rows: shownRows([...changed.slots], state.rows) })
    emit({ type: 'contacts', ids: [...changed.ids], whole: changed.isWhole })
  }
  if (changed.slots.size > 0 || changed.isWhole) emit({ type: 'order' })
  announceSmall(book, emit)
  void announceConflicts(book, emit)
}

/** Shows the list of the last time, whose order is the only one that is known before the index is read. */
export function announceFirstList({ orders }: LocalBook, emit: (event: WorkerEvent) => void): void {
  for (const sort of sorts) {
    if (!orders.has(sort)) continue
    const query = { of: 'all', search: '', notes: false, sort } as const
    emit({ type: 'first-list', query, list: { ...orders.get(sort), hits: [] } })
  }
}

/** Shows everything but the contacts and what waits. */
export function announceSmall(book: LocalBook, emit: (event: WorkerEvent) => void): void {
  const { state } = book
  const labels = [...state.labels.values()].sort((one, other) => one.name.localeCompare(other.name))
  emit({ type: 'labels', labels, ...book.counts() })
  const { preferences } = state.meta
  if (preferences) emit({ type: 'preferences', preferences })
}

/** Shows what somebody has to choose. */
export async function announceConflicts(
  book: LocalBook,
  emit: (event: WorkerEvent) => void,
): Promise<void> {
  if (book.state.conflicts.size === 0) return emit({ type: 'conflicts', conflicts: [] })
  const { shownConflicts } = await import('./unsent.ts')
  emit({ type: 'conflicts', conflicts: await shownConflicts(book) })
}

/** Another text when rows are to be made anew: names are shown or ordered in another way. */
export function wayOfShowing({ state: { meta } }: LocalBook): string {
  return `${languageOf(meta)} ${meta.preferences?.name_order}`
}
