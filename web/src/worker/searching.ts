import { notesText } from '@kith/server/book/notes-text'
import type { List, ListQuery, Slot } from './calls.ts'
import { hitsOf } from './hits.ts'
import type { LocalBook } from './local-book.ts'
import { createSearch, type NotesTexts } from './search.ts'

/** Answers searches among the contacts of an order. */
export type Searching = (query: ListQuery, slots: Uint32Array) => Promise<List>

export function createSearching(book: LocalBook): Searching {
  const { state } = book
  const search = createSearch()
  // Has it read all texts.
  search('', new Uint32Array(), state.rows, null)
  let notes: { version: number; texts: NotesTexts } | null = null

  /** Those of the whole book, which are in no index. */
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

  return async (query, slots) => {
    const texts = query.notes ? await notesTexts() : null
    const found = search(query.search, slots, state.rows, texts)
    return { slots: found.slots, heads: [], hits: hitsOf(query.search, found, state.rows) }
  }
}
