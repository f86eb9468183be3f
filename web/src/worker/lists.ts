import { labelKey } from '@kith/server/book/label-name'
import { notesText } from '@kith/server/book/notes-text'
import type { List, ListQuery, Slot } from './calls.ts'
import { hitsOf } from './hits.ts'
import type { LocalBook } from './local-book.ts'
import { createSearch, type NotesTexts } from './search.ts'
import { headsOf } from './sort.ts'

/** The label that the star sets. */
export const starredName = 'Starred'

/** Answers what the list asks for. */
export function createLists(book: LocalBook): (query: ListQuery) => Promise<List> {
  const { state, orders } = book
  const search = createSearch()
  let members: { of: string; all: Uint32Array; slots: Uint32Array } | null = null
  let notes: { version: number; texts: NotesTexts } | null = null

  function membersOf({ of }: ListQuery, all: Uint32Array): Uint32Array {
    if (of === 'all') return all
    const id = of === 'favourites' ? starredId() : of.label
    if (members?.of === id && members.all === all) return members.slots
    const slots = all.filter((slot) => state.rows[slot]?.labels.includes(id) === true)
    members = { of: id, all, slots }
    return slots
  }

  function starredId(): string {
    const key = labelKey(starredName)
    return [...state.labels.values()].find(({ name }) => labelKey(name) === key)?.id ?? ''
  }

  async function notesTexts(): Promise<NotesTexts> {
    if (notes?.version === state.version) return notes.texts
    const { version } = state
    const texts = new Map<Slot, string>()
    for await (const contact of book.everyContact()) {
      const text = notesText(contact)
      const slot = state.slots.get(contact.id)
      if (text !== null && slot !== undefined) texts.set(slot, text)
    }
    notes = { version, texts }
    return texts
  }

  return async (query) => {
    const isWholeOrder = query.of === 'all' && query.search.trim() === ''
    if (!isWholeOrder || !orders.has(query.sort)) await book.whole
    book.rememberSort(query.sort)
    const texts = query.notes && query.search.trim() !== '' ? await notesTexts() : null
    const { slots: all, heads } = orders.get(query.sort)
    if (isWholeOrder) return { slots: all, heads, hits: [] }
    const slots = membersOf(query, all)
    if (query.search.trim() === '') {
      return { slots, heads: headsOf(slots, orders.order(query.sort)), hits: [] }
    }
    const found = search(query.search, slots, state.rows, texts)
    return { slots: found.slots, heads: [], hits: hitsOf(found.slots, found.words, state.rows) }
  }
}
