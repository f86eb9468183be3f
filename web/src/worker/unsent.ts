import type { Conflict, Unsent } from './calls.ts'
import { shownConflict } from './conflicts.ts'
import type { BookDatabase } from './database.ts'
import type { LocalBook } from './local-book.ts'
import { waitingOf } from './outbox.ts'

/** All that is on this device alone. */
export async function unsentOf(book: LocalBook, database: BookDatabase): Promise<Unsent> {
  const { outbox, slots, rows } = book.state
  const titleOf = (id: string) => rows[slots.get(id) ?? -1]?.title ?? null
  const drafts = await database.getAll('drafts')
  return {
    changes: outbox.map(waitingOf),
    conflicts: await shownConflicts(book),
    drafts: drafts.map(({ contactId, at }) => ({ contactId, title: titleOf(contactId), at })),
  }
}

/** What somebody has to choose, as the page shows it. */
export async function shownConflicts(book: LocalBook): Promise<Conflict[]> {
  const { conflicts, meta } = book.state
  const isLastNameFirst = meta.preferences?.name_order === 'last_name_first'
  const shown = await Promise.all(
    [...conflicts.values()].map(async (conflict) => {
      const contact = await book.contact(conflict.contactId)
      return contact && shownConflict(conflict, contact, isLastNameFirst)
    }),
  )
  return shown.filter((one) => one !== null)
}
