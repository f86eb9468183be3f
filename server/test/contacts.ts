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

/** Adds a contact, as its owner. @returns its id */
export async function addContact(owner: Person, fields?: object): Promise<string> {
  return (await createContact(owner, fields)).id
}

export function readContact(owner: Person, id: string): Promise<ContactAnswer> {
  return readJson(owner, `/api/contacts/${id}`)
}

/** The first hundred contacts in the order of the list, with all their fields. */
export function contactsOf(owner: Person): Promise<ContactAnswer[]> {
  return readJson(owner, '/api/contacts?view=full&limit=100')
}

/** The first contact in the order of the list, which must have one. */
export async function firstContactOf(owner: Person): Promise<ContactAnswer> {
  const [contact] = await contactsOf(owner)
  return contact ?? assert.fail('there is no contact')
}

/** The first page of the trash, the latest deletion first. */
export function trashOf(owner: Person): Promise<TrashedContact[]> {
  return readJson(owner, '/api/trash')
}

/** The revisions of a contact, newest first. */
export function historyOf(owner: Person, id: string): Promise<Revision[]> {
  return readJson(owner, `/api/contacts/${id}/history`)
}
