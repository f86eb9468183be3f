import { v7 as uuid } from 'uuid'
import { coalesce } from './coalesce.ts'
import type { Edit } from './edit.ts'
import type { Entry } from './outbox.ts'

/** What every new change of a contact has. */
export function about(edit: Edit, contactId: string, title: string) {
  const seq = edit.nextSeq()
  return { seq, opId: uuid(), contactId, title, at: Date.now(), sent: null, refusal: null }
}

/**
 * Puts a change into the outbox, together with an earlier one of its contact where they are one. Another photo
 * takes the place of the one that waits, and a deletion takes it away.
 */
export function enqueue(edit: Edit, entry: Entry): void {
  const all = edit.entries(entry.contactId)
  const others = all.filter(({ kind }) => kind !== 'photo')
  const last = others.at(-1)
  if (entry.kind === 'photo' || !last) return edit.setEntries(entry.contactId, [...others, entry])
  const next = [...others.slice(0, -1), ...coalesce(last, entry)]
  const photos = entry.kind === 'delete' ? [] : all.filter(({ kind }) => kind === 'photo')
  edit.setEntries(entry.contactId, [...next, ...photos])
}
