import type { Account } from './account.ts'
import type { Unsent } from './calls.ts'
import { shownConflicts } from './conflicts.ts'
import { waitingOf } from './outbox.ts'

/** All that is on this device alone. */
export async function unsentOf({ book, database }: Account): Promise<Unsent> {
  const { outbox, slots, rows } = book.state
  const titleOf = (id: string) => rows[slots.get(id) ?? -1]?.title ?? null
  const drafts = await database.getAll('drafts')
  return {
    changes: outbox.map(waitingOf),
    conflicts: await shownConflicts(book),
    drafts: drafts.map(({ contactId, at }) => ({ contactId, title: titleOf(contactId), at })),
  }
}
