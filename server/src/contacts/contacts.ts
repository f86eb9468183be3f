import { randomUUIDv7 } from 'node:crypto'
import type { Contact } from '../book/contact.ts'
import type { Ask } from '../db/ask.ts'
import { answerOnce } from './answer-once.ts'
import { applyPatch, applyPut, contactFrom } from './apply-input.ts'
import type { ContactPatch, ContactReplacement, NewContact } from './body-schema.ts'
import {
  changeContact,
  namesOfLabels,
  readForWrite,
  retryOnConflict,
  type BookAccess,
} from './change.ts'
import type { Edit } from './edit.ts'
import { etagOf } from './etag.ts'
import { presentContact } from './present.ts'
import type { ContactAnswer } from './schema.ts'
import { toColumns } from './store/columns.ts'
import { inBook, type Author } from './store/locked-book.ts'
import type { WholeRow } from './store/rows.ts'
import type { StoredContact } from './store/stored-contact.ts'
import { insertContact, trashContact } from './store/write-one.ts'

/** A new contact as its sender sees it. */
export type CreatedContact = { contact: ContactAnswer; etag: string }

/**
 * Adds a contact to the owner's book.
 * @param key of the request, if it may be sent again: then it still adds one contact
 * @throws AppError `invalid`, also when nothing in it names anybody, or the key is another request's
 */
export async function createContact(
  database: Pick<BookAccess, 'write' | 'transaction'>,
  author: Author,
  input: NewContact,
  key?: string,
): Promise<CreatedContact> {
  const contact = contactFrom(input)
  const labelIds = distinct(input.label_ids ?? [])
  if (key === undefined && labelIds.length === 0) {
    return presentCreated(await addContact(database.write, author, contact))
  }
  return inBook(database, author, (book) => {
    const create = async () => {
      const names = await namesOfLabels(book, labelIds)
      return presentCreated(await addContact(book.ask, author, contact, { ids: labelIds, names }))
    }
    if (key === undefined) return create()
    return answerOnce(book, { operation: 'create_contact', key, content: input }, create)
  })
}

function presentCreated(row: WholeRow): CreatedContact {
  return { contact: presentContact(row), etag: etagOf(row) }
}

function addContact(
  write: Ask,
  author: Author,
  contact: Contact,
  labels: { ids: string[]; names: string[] } = { ids: [], names: [] },
): Promise<WholeRow> {
  return insertContact(write, author, randomUUIDv7(), newStored(contact, labels))
}

/** What is stored of a new contact. */
export function newStored(
  contact: Contact,
  labels: { ids: string[]; names: string[] },
): StoredContact {
  const columns = toColumns(contact, labels.names)
  return { columns, labelIds: labels.ids, uid: null, photoHash: null, card: null }
}

/**
 * Replaces a contact: what is absent of the simple shape is cleared, other fields change where they
 * are sent. Read-only members are ignored.
 * @param ifMatch the `If-Match` header; undefined overwrites whatever is there
 * @throws AppError `not_found`, `stale`, `invalid`
 */
export function replaceContact(
  database: BookAccess,
  author: Author,
  id: string,
  input: ContactReplacement,
  ifMatch?: string,
): Promise<WholeRow> {
  const {
    id: _id,
    revision: _revision,
    created_at: _created,
    updated_at: _updated,
    photo: _photo,
    ...fields
  } = input
  return changeFields(database, author, id, fields, applyPut, ifMatch)
}

/**
 * Applies a JSON merge patch (RFC 7396) to a contact.
 * @throws AppError `not_found`, `stale`, `invalid`
 */
export function patchContact(
  database: BookAccess,
  author: Author,
  id: string,
  patch: ContactPatch,
  ifMatch?: string,
): Promise<WholeRow> {
  return changeFields(database, author, id, patch, applyPatch, ifMatch)
}

/**
 * Moves a contact to the trash.
 * @throws AppError `not_found`, `stale`
 */
export function removeContact(
  database: BookAccess,
  author: Author,
  id: string,
  ifMatch?: string,
): Promise<boolean> {
  return retryOnConflict(async () => {
    const row = await readForWrite(database.read, author.ownerId, id, { ifMatch })
    return (await trashContact(database.write, author, row)) || undefined
  })
}

function changeFields(
  database: BookAccess,
  author: Author,
  id: string,
  input: NewContact,
  merge: (current: Contact, input: NewContact) => Contact,
  ifMatch: string | undefined,
): Promise<WholeRow> {
  return changeContact(database, author, id, editOf(input, merge), { ifMatch })
}

/** The edit that a merge patch makes. It throws AppError `invalid`. */
export function patching(patch: ContactPatch): Edit {
  return editOf(patch, applyPatch)
}

function editOf(input: NewContact, merge: (current: Contact, input: NewContact) => Contact): Edit {
  const { label_ids } = input
  return ({ contact, labelIds }) => ({
    contact: merge(contact, input),
    labelIds: label_ids === undefined ? labelIds : distinct(label_ids ?? []),
  })
}

/** Ids in the one spelling that they have here, each once. */
export function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))]
}
