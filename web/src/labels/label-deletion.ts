import { idOf } from '../data/book.ts'
import { call } from '../data/call.ts'
import { worker } from '../data/client.ts'
import { perform } from '../data/perform.ts'
import { cannotUndo, undoable, type UndoStep } from '../data/undo-steps.ts'
import { text } from '../strings/text.ts'
import type { Label } from '../worker/calls.ts'

// The server takes so many contacts of a label in one call.
const membersOfCall = 1_000

/**
 * Deletes a label on the server, alone or with its contacts.
 * @returns what undoes it; null where the server did not do it
 */
export async function deleteLabel(
  label: Label,
  contacts: 'keep' | 'trash',
): Promise<UndoStep | null> {
  const members = await membersOf(label)
  const path = `/api/labels/${label.id}?contacts=${contacts}`
  const { status } = await call({ method: 'DELETE', path })
  if (status !== 204) return null
  await worker.syncNow()
  const title = text('labels.deleted', { name: label.name })
  return contacts === 'keep'
    ? undoable(() => makeAgain(label, members), { title, ids: [label.id] })
    : undoable(restore, { title, ids: members, areGone: true })
}

async function membersOf({ id }: Label): Promise<string[]> {
  const of = { label: id }
  const { slots } = await worker.list({ of, search: '', notes: false, sort: 'changed' })
  return Array.from(slots, idOf).filter((id) => id !== null)
}

async function makeAgain(label: Label, members: readonly string[]): Promise<boolean> {
  const { id: before, name, colour } = label
  const body = { name, colour }
  const made = await perform({ method: 'POST', path: '/api/labels', body }, () =>
    cannotUndo(before),
  )
  if (!made) return false
  const { id } = made.body as Label
  for (let at = 0; at < members.length; at += membersOfCall) {
    const add = members.slice(at, at + membersOfCall)
    await call({ method: 'POST', path: `/api/labels/${id}/contacts`, body: { add } })
  }
  await worker.syncNow()
  return true
}

/** A label that was deleted with its contacts comes back with the first of them. */
async function restore(members: readonly string[]): Promise<boolean> {
  await worker.change(members.map((id) => ({ kind: 'restore', id })))
  return true
}
