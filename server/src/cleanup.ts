import { agingAccountRows } from './accounts/aging.ts'
import { agingTraces } from './changes/queries.ts'
import { agingAnswers } from './contacts/store/idempotency-keys.ts'
import { whileLocked } from './contacts/store/locked-book.ts'
import type { OpenDatabase } from './db/database.ts'
import { isOwnerGone } from './db/errors.ts'
import { purge, type Aging, type ForOwner } from './db/purge.ts'
import { agingImports } from './imports/queries.ts'
import { agingMerges } from './merges/aging.ts'
import { agingTrash } from './trash/queries.ts'

/** All that is deleted by its age and somebody's. */
export const aging: Aging[] = [
  ...agingAccountRows,
  agingAnswers,
  agingMerges,
  agingTrash,
  ...agingTraces,
  ...agingImports,
]

/** The same of rows that are nobody's, or found without their user. */
const oldRows = [
  `login_failures where failed_at < now() - interval '1 day'`,
  `invites where expires_at < now() - interval '1 day'`,
  `user_secrets where expires_at < now() - interval '30 days'`,
]

/** Deletes what nobody can use any more. Safe at any time, and from several processes at once. */
export async function removeExpired(
  database: Pick<OpenDatabase, 'write' | 'transaction'>,
): Promise<void> {
  const { write } = database
  const lockedUnlessGone: ForOwner = async (ownerId, work) => {
    try {
      return await whileLocked(database, ownerId, work)
    } catch (error) {
      // An account that was deleted meanwhile has left nothing to delete.
      if (isOwnerGone(error)) return 0
      throw error
    }
  }
  for (const rows of oldRows) await write(`delete from ${rows}`, [])
  for (const one of aging) {
    // A contact may be on its way back from the trash.
    if (one === agingTrash) await purge(write, one, lockedUnlessGone)
    else await purge(write, one)
  }
}
