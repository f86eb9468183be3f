import assert from 'node:assert/strict'
import type { ContactAnswer } from '../src/contacts/schema.ts'
import type { Revision } from '../src/history/schema.ts'
import type { TrashedContact } from '../src/trash/schema.ts'
import { expectStatus, readJson, type Person } from './people.ts'

/** Adds a contact, as its owner. */
export async function createContact(
  owner: Person,
  fields: object = { first_name: 'Ada' },
): Promise<ContactAnswer> {
  const answer = await owner.post('/api/contacts', fields)
  expectStatus(answer, 201)
  return answer.json<ContactAnswer>()
}

/** The same. @returns its id */
export async function addContact(owner: Person, fields?: object): Promise<string> {
  return (await createContact(owner, fields)).id
}

export function readContact(owner: Person, id: string): Promise<ContactAnswer> {
  return readJson(owner, `/api/contacts/${id}`)
}

/** The contacts of somebody who has a hundred at most, in the order of the list. */
export function contactsOf(owner: Person): Promise<ContactAnswer[]> {
  return readJson(owner, '/api/contacts?view=full&limit=100')
}

/** The first of them, of somebody who has one. */
export async function firstContactOf(owner: Person): Promise<ContactAnswer> {
  const [contact] = await contactsOf(owner)
  return contact ?? assert.fail('there is no contact')
}

/** The contacts in the trash of a person, the last deleted first, as far as a page goes. */
export function trashOf(owner: Person): Promise<TrashedContact[]> {
  return readJson(owner, '/api/trash')
}

/** The revisions of a contact, newest first. */
export function historyOf(owner: Person, id: string): Promise<Revision[]> {
  return readJson(owner, `/api/contacts/${id}/history`)
}
