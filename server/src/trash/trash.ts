import { randomUUIDv7 } from 'node:crypto'
import type { OpenDatabase } from '../db/database.ts'
import {
  changeWhole,
  contactNotFound,
  unlessUidTaken,
  type Doors,
  type Edit,
} from '../contacts/change.ts'
import type { WholeRow } from '../contacts/rows.ts'
import { deleteSomeOldTrash, deleteSomeTrash, deleteTrashed } from './queries.ts'

const maxAgeDays = 30
// Between two batches others get their turn.
const batchSize = 500

/**
 * Brings a contact back from the trash, with its id and everything else, but for its vCard's UID where
 * another contact has that by now: then it gets one of its own.
 * @throws AppError `not_found`
 */
export function restoreContact(database: Doors, ownerId: string, id: string): Promise<WholeRow> {
  const by = { actorId: ownerId, via: 'api', operation: 'restored' } as const
  const restore = (uid?: string) => {
    const edit: Edit = ({ contact, labelIds }) => ({ contact, labelIds, uid })
    return changeWhole(database, ownerId, id, edit, by, { from: 'trash' })
  }
  return unlessUidTaken(restore, randomUUIDv7)
}

/** Deletes a contact in the trash for good. @throws AppError `not_found` */
export async function purgeContact(
  { write }: Pick<OpenDatabase, 'write'>,
  ownerId: string,
  id: string,
): Promise<void> {
  if (!(await deleteTrashed(write, ownerId, id))) throw contactNotFound()
}

/** Deletes for good all that is in the trash now. */
export async function emptyTrash({ write }: Pick<OpenDatabase, 'write'>, ownerId: string) {
  const until = new Date()
  while ((await deleteSomeTrash(write, ownerId, until, batchSize)) === batchSize);
}

/** Deletes for good what has been in the trash for 30 days. Their tombstones stay. */
export async function purgeOldTrash({ write }: Pick<OpenDatabase, 'write'>): Promise<void> {
  while ((await deleteSomeOldTrash(write, maxAgeDays, batchSize)) === batchSize);
}
