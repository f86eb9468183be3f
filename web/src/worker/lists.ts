import { labelKey } from '@kith/server/book/label-name'
import { transfer } from 'comlink'
import type { Label, List, ListQuery } from './calls.ts'
import { isIdOf } from './label-id.ts'
import { lazily } from './lazily.ts'
import type { LocalBook } from './local-book.ts'
import { headsOf } from './sort.ts'

/** The label that the star sets. */
export const starredName = 'Starred'

/**
 * Answers what the list asks for.
 * @param firstRead resolves when the order of the last time is known
 * @param wantWhole called when that is not enough
 */
export function createLists(
  book: LocalBook,
  firstRead: Promise<void>,
  wantWhole: () => void,
): (query: ListQuery) => Promise<List> {
  const { state, orders } = book
  const searching = lazily(async () => (await import('./searching.ts')).createSearching(book))
  // So that the first key of a search does not wait for it.
  book.whole.then(searching).catch(() => {})
  let members: { of: string; all: Uint32Array; slots: Uint32Array } | null = null

  function membersOf({ of }: ListQuery, all: Uint32Array): Uint32Array {
    if (of === 'all') return all
    const id = labelOf(of)?.id ?? ''
    if (members?.of === id && members.all === all) return members.slots
    const slots = all.filter((slot) => state.rows[slot]?.labels.includes(id) === true)
    members = { of: id, all, slots }
    return slots
  }

  function labelOf(of: ListQuery['of']): Label | undefined {
    const starred = labelKey(starredName)
    return [...state.labels.values()].find((label) =>
      typeof of === 'string' ? labelKey(label.name) === starred : isIdOf(label, of.label),
    )
  }

  return async (query) => {
    await firstRead
    const isWholeOrder = query.of === 'all' && query.search.trim() === ''
    if (!isWholeOrder || !orders.has(query.sort)) {
      wantWhole()
      await book.whole
    }
    book.rememberSort(query.sort)
    const { slots: all, heads } = orders.get(query.sort)
    if (isWholeOrder) return { slots: all, heads, hits: [] }
    const slots = membersOf(query, all)
    if (query.search.trim() === '') {
      return { slots, heads: headsOf(slots, orders.order(query.sort)), hits: [] }
    }
    const search = await searching()
    const found = await search(query, slots)
    // Given to the page, and not copied.
    return transfer(found, [found.slots.buffer])
  }
}
