import type { Via, Operation, StoredContact } from './store/stored-contact.ts'
import { requireMatch } from './etag.ts'
import { isDeepStrictEqual } from 'node:util'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { isUniqueViolation } from '../db/errors.ts'
import { AppError, invalidField } from '../errors.ts'
import type { Current, Edit, WantedContact } from './edit.ts'
import { toStored } from './to-stored.ts'
import { fromColumns } from './store/columns.ts'
import { findWhole, labelNames } from './store/queries.ts'
import type { CardedRow, WholeRow } from './store/rows.ts'
import { lockOwner, writeChange } from './store/write-one.ts'

// Each round one of all writers gets through.
const maxTries = 100

/** Who changes, by what door, and what the history calls it: `changed` unless said. */
export type By = { actorId: string; via: Via; operation?: Operation }

/** What a contact is changed through: statements by themselves, or several in a transaction. */
export type BookAccess = Pick<OpenDatabase, 'read' | 'write' | 'transaction'>

type Lookup = {
  /** The `If-Match` header; undefined overwrites whatever is there. */
  ifMatch?: string | undefined
  /** Where the contact is looked for; one that is changed in the trash comes back from there. */
  from?: 'live' | 'trash'
}

/**
 * Changes a contact with all that hangs on it: columns, card, revision. What changes nothing writes
 * nothing.
 * @param edit may be called several times
 * @throws AppError `not_found`, `stale`, `invalid`, `conflict`
 */
export function changeWhole(
  database: BookAccess,
  ownerId: string,
  id: string,
  edit: Edit,
  by: By,
  which: Lookup = {},
): Promise<WholeRow> {
  return retryOnConflict(async () => {
    const before = await readForWrite(database.read, ownerId, id, which)
    const next = edit(currentOf(before))
    if (next.labelIds.every((labelId) => before.label_ids.includes(labelId))) {
      return write({ read: database.read, write: database.write }, ownerId, before, next, by)
    }
    // A label that is renamed or deleted meanwhile would not see that it is on this contact.
    return database.transaction(async (ask) => {
      await lockOwner(ask, ownerId)
      return changeWholeIn(ask, ownerId, id, edit, by, which)
    })
  })
}

/**
 * The same in a transaction that began with {@link lockOwner}.
 * @throws AppError `not_found`, `stale`, `invalid`, `conflict`
 */
export async function changeWholeIn(
  ask: Ask,
  ownerId: string,
  id: string,
  edit: Edit,
  by: By,
  which: Lookup = {},
): Promise<WholeRow> {
  const before = await readForWrite(ask, ownerId, id, which)
  const next = edit(currentOf(before))
  const row = await write({ read: ask, write: ask }, ownerId, before, next, by)
  if (!row) throw busy()
  return row
}

/**
 * The names of labels, in the order of their ids.
 * @throws AppError `invalid` for one that the owner has not
 */
export async function namesOfLabels(
  read: Ask,
  ownerId: string,
  ids: readonly string[],
): Promise<string[]> {
  const names = await labelNames(read, ownerId, ids)
  return ids.map((id, at) => names.get(id) ?? refuseLabel(at))
}

function refuseLabel(at: number): never {
  throw invalidField(`/label_ids/${at}`, 'is not one of your labels.')
}

/**
 * Reads, thinks and writes again when another write came between: cheaper than a lock, which takes
 * three round trips more, since two writers of one contact hardly ever meet.
 */
export async function retryOnConflict<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < maxTries; tries++) {
    const result = await attempt()
    if (result !== undefined) return result
  }
  throw busy()
}

/** @throws AppError `not_found`, `stale` */
export async function readForWrite(
  read: Ask,
  ownerId: string,
  id: string,
  { ifMatch, from }: Lookup,
): Promise<CardedRow> {
  const row = await findWhole(read, ownerId, id, from)
  if (!row) throw contactNotFound()
  requireMatch(ifMatch, row)
  return row
}

export function contactNotFound(): AppError {
  return new AppError('not_found', 'not_found', 'There is no such contact.')
}

function uidTaken(): AppError {
  return new AppError('conflict', 'uid_taken', 'Another contact has the same vCard UID.')
}

/**
 * Does something that brings back what a contact was; where somebody else has its UID by now, under
 * another one.
 */
export async function unlessUidTaken<T>(
  bringBack: (uid?: string) => Promise<T>,
  otherUid: () => string,
): Promise<T> {
  try {
    return await bringBack()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'uid_taken') throw error
    return bringBack(otherUid())
  }
}

function busy(): AppError {
  return new AppError('unavailable', 'busy', 'The contact is being changed by many. Try again.', {
    retryAfterSeconds: 1,
  })
}

function currentOf(row: CardedRow): Current {
  return { contact: fromColumns(row), labelIds: row.label_ids, row }
}

async function write(
  { read, write }: { read: Ask; write: Ask },
  ownerId: string,
  before: CardedRow,
  next: WantedContact,
  by: By,
): Promise<WholeRow | undefined> {
  const names = await labelNames(read, ownerId, next.labelIds)
  // One that is being deleted goes with the next change; but nobody may add one that is not there.
  const labelIds = next.labelIds.filter((id, at) => {
    return names.has(id) || (!before.label_ids.includes(id) && refuseLabel(at))
  })
  const labels = labelIds.flatMap((id) => names.get(id) ?? [])
  const content = toStored({ ...next, labelIds }, before, labels)
  if (before.deleted_at === null && isUnchanged(before, content)) return before
  try {
    const change = { operation: 'changed' as const, ...by }
    return await writeChange(write, ownerId, before, content, change)
  } catch (error) {
    if (!isUniqueViolation(error, 'contacts_uid_once')) throw error
    throw uidTaken()
  }
}

/** A write that changes nothing leaves the revision alone, so that nobody syncs for it. */
function isUnchanged(
  before: CardedRow,
  { columns, labelIds, uid, photoHash, card }: StoredContact,
) {
  const { search: _, doc, ...plain } = columns
  return (
    before.card === (card?.text ?? null) &&
    before.uid === uid &&
    before.photo_hash === photoHash &&
    (Object.keys(plain) as (keyof typeof plain)[]).every((key) => before[key] === plain[key]) &&
    isDeepStrictEqual(before.label_ids, labelIds) &&
    isDeepStrictEqual(before.doc, doc)
  )
}
