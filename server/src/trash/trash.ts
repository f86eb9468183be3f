import type { OpenDatabase } from '../db/database.ts'
import { changeWhole, contactNotFound, type Doors } from '../contacts/change.ts'
import type { WholeRow } from '../contacts/rows.ts'
import { deleteSomeOldTrash, deleteSomeTrash, deleteTrashed } from './queries.ts'

const maxAgeDays = 30
// Between two batches others get their turn.
const batchSize = 500

/**
 * Brings a contact back from the trash, with its id and everything else.
 * @throws AppError `not_found`, `conflict` where another contact has its vCard UID by now
 */
export function restoreContact(database: Doors, ownerId: string, id: string): Promise<WholeRow> {
  return changeWhole(
    database,
    ownerId,
    id,
    ({ contact, labelIds }) => ({ contact, labelIds }),
    { actorId: ownerId, via: 'api', operation: 'restored' },
    { from: 'trash' },
  )
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
