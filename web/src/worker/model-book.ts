import { randomUUID } from 'node:crypto'
import type { Contact } from './calls.ts'
import { emptyContact, fields, pick, withValues, type Values } from './contact-fields.ts'
import { deleteBookDatabase, openBookDatabase } from './database.ts'
import { createLocalBook, type LocalBook } from './local-book.ts'
import type { Operation } from './outbox.ts'

/** For tests: the contacts that they change, of which the first one came from the server. */
export const ids = [
  '01a20497-405b-7167-a9e2-939dbd06ad01',
  '01a20497-405b-7167-a9e2-939dbd06ad02',
] as const
export const at = '2026-11-29T10:00:00.000Z'

/** What a book holds, also in its trash, as far as changes go. */
export type Model = Map<string, { contact: Contact; isDeleted: boolean }>

/** What the server does with an operation, without its checks. */
export function carryOut(model: Model, { operation, id, contact, patch }: Operation): void {
  const known = model.get(id)
  if (operation === 'create') {
    const made = withValues(emptyContact(id, at), contact as Values)
    model.set(id, { contact: made, isDeleted: false })
  } else if (known && operation === 'patch') {
    model.set(id, { ...known, contact: withValues(known.contact, patch as Values) })
  } else if (known) model.set(id, { ...known, isDeleted: operation === 'delete' })
}

/** Their names are their ids here, as those that `anyValues` gives. */
export const labels = ['friends', 'work', 'family'] as const
/** Runs `work` with a book in which one contact came from the server. */
export async function withBook(
  work: (book: LocalBook, model: Model) => Promise<void>,
): Promise<void> {
  const user = randomUUID()
  const book = createLocalBook(await openBookDatabase(user), () => {})
  await book.loadFirst()
  await book.loadIndex(() => {})
  const contact = { ...emptyContact(ids[0], at), revision: 'm1' }
  await book.write(false, async (edit) => {
    for (const name of labels) edit.putLabel({ id: name, name, colour: null })
    await edit.put(contact)
  })
  try {
    await work(book, new Map([[ids[0], { contact, isDeleted: false }]]))
  } finally {
    book.close()
    await deleteBookDatabase(user)
  }
}

export const shown = (model: Model) =>
  [...model.values()]
    .filter(({ isDeleted }) => !isDeleted)
    .map(({ contact }) => ({ id: contact.id, ...pick(contact, fields) }))
    .sort(byId)

export async function shownHere(book: LocalBook) {
  const contacts = await Array.fromAsync(book.everyContact())
  return contacts.map((contact) => ({ id: contact.id, ...pick(contact, fields) })).sort(byId)
}

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
