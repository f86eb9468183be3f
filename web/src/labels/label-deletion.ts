import { idOf } from '../data/book.ts'
import { call } from '../data/call.ts'
import { worker } from '../data/client.ts'
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
): Promise<(() => Promise<boolean>) | null> {
  const members = await membersOf(label)
  const path = `/api/labels/${label.id}?contacts=${contacts}`
  const { status } = await call({ method: 'DELETE', path })
  if (status !== 204) return null
  await worker.syncNow()
  return contacts === 'keep' ? () => makeAgain(label, members) : () => restore(members)
}

async function membersOf({ id }: Label): Promise<string[]> {
  const of = { label: id }
  const { slots } = await worker.list({ of, search: '', notes: false, sort: 'changed' })
  return Array.from(slots, idOf).filter((id) => id !== null)
}

async function makeAgain({ name, colour }: Label, members: readonly string[]): Promise<boolean> {
  const made = await call<Label>({ method: 'POST', path: '/api/labels', body: { name, colour } })
  if (made.status !== 201) return false
  for (let at = 0; at < members.length; at += membersOfCall) {
    const add = members.slice(at, at + membersOfCall)
    await call({ method: 'POST', path: `/api/labels/${made.body.id}/contacts`, body: { add } })
  }
  await worker.syncNow()
  return true
}

/** A label that was deleted with its contacts comes back with the first of them. */
async function restore(members: readonly string[]): Promise<boolean> {
  await worker.change(members.map((id) => ({ kind: 'restore', id })))
  return true
}
