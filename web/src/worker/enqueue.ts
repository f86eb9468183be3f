import { v7 as uuid } from 'uuid'
import { coalesce } from './coalesce.ts'
import type { Edit } from './edit.ts'
import type { Entry } from './outbox.ts'

/** What every new change of a contact has. */
export function about(edit: Edit, contactId: string, title: string) {
  const seq = edit.nextSeq()
  return { seq, opId: uuid(), contactId, title, at: Date.now(), sent: null, refusal: null }
}

/** Puts a change into the outbox, together with an earlier one of its contact where they are one. */
export function enqueue(edit: Edit, entry: Entry): void {
  const before = edit.entries(entry.contactId)
  const last = before.at(-1)
  edit.setEntries(
    entry.contactId,
    last ? [...before.slice(0, -1), ...coalesce(last, entry)] : [entry],
  )
}
