import { randomUUIDv7 } from 'node:crypto'
import { formatBirthday, parseBirthday } from '../birthdays/birthday.ts'
import type { OpenDatabase } from '../db/database.ts'
import { AppError, invalidField } from '../errors.ts'
import { etagOf, requireMatch } from '../http/etag.ts'
import { formats } from '../http/formats.ts'
import {
  deleteContact,
  findContact,
  insertContact,
  updateContact,
  type ContactFields,
  type ContactRow,
  type DerivedFields,
} from './queries.ts'
import type { Contact, ContactPatch, NewContact } from './schema.ts'
import { searchText, sortKey } from './search.ts'

// Each round one of all writers gets through.
const maxTries = 100

/**
 * Adds a contact to the owner's book.
 * @throws AppError `invalid` when nothing says whose contact it is
 */
export async function createContact(
  { write }: Pick<OpenDatabase, 'write'>,
  ownerId: string,
  input: NewContact,
): Promise<ContactRow> {
  return insertContact(write, ownerId, randomUUIDv7(), toFields(input))
}

/**
 * Replaces a contact as a whole: what is absent is cleared.
 * @param ifMatch the `If-Match` header; undefined overwrites whatever is there
 * @throws AppError `not_found`, `stale`, `invalid`
 */
export function replaceContact(
  database: OpenDatabase,
  ownerId: string,
  id: string,
  input: NewContact,
  ifMatch?: string,
) {
  return changeContact(database, ownerId, id, ifMatch, () => input)
}

/**
 * Applies a JSON merge patch (RFC 7396) to a contact.
 * @throws AppError `not_found`, `stale`, `invalid`
 */
export function patchContact(
  database: OpenDatabase,
  ownerId: string,
  id: string,
  patch: ContactPatch,
  ifMatch?: string,
) {
  return changeContact(database, ownerId, id, ifMatch, (row) => ({ ...toContact(row), ...patch }))
}

/** @throws AppError `not_found`, `stale` */
export function removeContact(
  database: OpenDatabase,
  ownerId: string,
  id: string,
  ifMatch?: string,
): Promise<boolean> {
  return untilUndisturbed(async () => {
    const row = await readForWrite(database, ownerId, id, ifMatch)
    return (await deleteContact(database.write, ownerId, id, row.modseq)) || undefined
  })
}

/** A row as callers see it. */
export function toContact(row: ContactRow): Contact {
  return {
    id: row.id,
    first_name: row.first_name,
    last_name: row.last_name,
    email: row.email,
    phone: row.phone,
    birthday:
      row.bday_md === null ? null : formatBirthday({ year: row.bday_year, md: row.bday_md }),
    additional_data: row.additional_data,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

export function contactNotFound(): AppError {
  return new AppError('not_found', 'not_found', 'There is no such contact.')
}

function changeContact(
  database: OpenDatabase,
  ownerId: string,
  id: string,
  ifMatch: string | undefined,
  change: (row: ContactRow) => NewContact,
): Promise<ContactRow> {
  return untilUndisturbed(async () => {
    const row = await readForWrite(database, ownerId, id, ifMatch)
    const fields = toFields(change(row))
    if (isUnchanged(row, fields)) return row
    return updateContact(database.write, ownerId, id, row.modseq, fields)
  })
}

/**
 * Reads, thinks and writes again when another write came between: cheaper than a lock, which takes
 * three round trips more, since two writers of one contact hardly ever meet.
 */
async function untilUndisturbed<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < maxTries; tries++) {
    const result = await attempt()
    if (result !== undefined) return result
  }
  throw new AppError('unavailable', 'busy', 'The contact is being changed by many. Try again.', {
    retryAfterSeconds: 1,
  })
}

async function readForWrite(
  { read }: OpenDatabase,
  ownerId: string,
  id: string,
  ifMatch: string | undefined,
) {
  const row = await findContact(read, ownerId, id)
  if (!row) throw contactNotFound()
  requireMatch(ifMatch, etagOf(row))
  return row
}

/** A write that changes nothing leaves the revision alone, so that nobody syncs for it. */
function isUnchanged(row: ContactRow, fields: ContactFields): boolean {
  return (Object.keys(row) as (keyof ContactRow)[]).every(
    (key) => !(key in fields) || row[key] === fields[key as keyof ContactFields],
  )
}

/** The one place where input becomes columns, the derived ones included. */
function toFields(input: NewContact): ContactFields & DerivedFields {
  const named = {
    first_name: textOrNull(input.first_name?.trim()),
    last_name: textOrNull(input.last_name?.trim()),
    email: textOrNull(input.email?.trim()),
    phone: input.phone?.trim() ? input.phone : null,
  }
  if (Object.values(named).every((value) => value === null)) {
    throw invalidField('/first_name', 'is needed, or a last name, an e-mail or a phone.')
  }
  const birthday = input.birthday ? parseBirthday(input.birthday) : null
  if (birthday === undefined) throw invalidField('/birthday', formats.birthday.refusal)
  return {
    ...named,
    bday_year: birthday?.year ?? null,
    bday_md: birthday?.md ?? null,
    additional_data: textOrNull(input.additional_data),
    sort_key: sortKey(named),
    search: searchText(named),
  }
}

function textOrNull(text: string | null | undefined): string | null {
  return text || null
}
