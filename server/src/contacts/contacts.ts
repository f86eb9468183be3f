import type { Via } from './store/stored-contact.ts'
import { randomUUIDv7 } from 'node:crypto'
import type { Ask } from '../db/ask.ts'
import {
  changeWhole,
  namesOfLabels,
  readForWrite,
  retryOnConflict,
  type BookAccess,
} from './change.ts'
import { contactFrom, applyPatch, applyPut } from './apply-input.ts'
import { toColumns } from './store/columns.ts'
import type { WholeRow } from './store/rows.ts'
import type { ContactPatch, ContactReplacement, NewContact } from './body-schema.ts'
import { insertContact, lockOwner, writeTrash } from './store/write-one.ts'
import type { Contact } from '../book/contact.ts'

/**
 * Adds a contact to the owner's book.
 * @throws AppError `invalid` when nothing says whose contact it is
 */
export function createContact(
  database: Pick<BookAccess, 'write' | 'transaction'>,
  ownerId: string,
  input: NewContact,
  via: Via = 'api',
): Promise<WholeRow> {
  const contact = contactFrom(input)
  const labelIds = distinct(input.label_ids ?? [])
  if (labelIds.length === 0) return addContact(database.write, ownerId, contact, via)
  return database.transaction(async (ask) => {
    // Until then, no label is renamed or deleted.
    await lockOwner(ask, ownerId)
    const names = await namesOfLabels(ask, ownerId, labelIds)
    return addContact(ask, ownerId, contact, via, { ids: labelIds, names })
  })
}

function addContact(
  ask: Ask,
  ownerId: string,
  contact: Contact,
  via: Via,
  labels: { ids: string[]; names: string[] } = { ids: [], names: [] },
): Promise<WholeRow> {
  const columns = toColumns(contact, labels.names)
  const content = { columns, labelIds: labels.ids, uid: null, photoHash: null, card: null }
  return insertContact(ask, ownerId, randomUUIDv7(), content, via)
}

/**
 * Replaces a contact: what is absent of the simple shape is cleared, other fields change where they
 * are sent. What nobody can change is ignored.
 * @param ifMatch the `If-Match` header; undefined overwrites whatever is there
 * @throws AppError `not_found`, `stale`, `invalid`
 */
export function replaceContact(
  database: BookAccess,
  ownerId: string,
  id: string,
  input: ContactReplacement,
  ifMatch?: string,
): Promise<WholeRow> {
  const { id: _id, created_at: _created, updated_at: _updated, photo: _photo, ...fields } = input
  return changeFields(database, ownerId, id, fields, applyPut, ifMatch)
}

/**
 * Applies a JSON merge patch (RFC 7396) to a contact.
 * @throws AppError `not_found`, `stale`, `invalid`
 */
export function patchContact(
  database: BookAccess,
  ownerId: string,
  id: string,
  patch: ContactPatch,
  ifMatch?: string,
): Promise<WholeRow> {
  return changeFields(database, ownerId, id, patch, applyPatch, ifMatch)
}

/**
 * Moves a contact to the trash.
 * @throws AppError `not_found`, `stale`
 */
export function removeContact(
  database: BookAccess,
  ownerId: string,
  id: string,
  ifMatch?: string,
): Promise<boolean> {
  return retryOnConflict(async () => {
    const row = await readForWrite(database.read, ownerId, id, { ifMatch })
    const change = { actorId: ownerId, via: 'api' as const }
    return (await writeTrash(database.write, ownerId, row, change)) || undefined
  })
}

function changeFields(
  database: BookAccess,
  ownerId: string,
  id: string,
  input: NewContact,
  merge: (current: Contact, input: NewContact) => Contact,
  ifMatch: string | undefined,
): Promise<WholeRow> {
  const { label_ids } = input
  return changeWhole(
    database,
    ownerId,
    id,
    ({ contact, labelIds }) => ({
      contact: merge(contact, input),
      labelIds: label_ids === undefined ? labelIds : distinct(label_ids ?? []),
    }),
    { actorId: ownerId, via: 'api' },
    { ifMatch },
  )
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))]
}
