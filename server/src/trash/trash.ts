import type { Edit } from '../contacts/edit.ts'
import { randomUUIDv7 } from 'node:crypto'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { keepSpelling } from '../contacts/keep-spelling.ts'
import { changeWholeIn, contactNotFound, unlessUidTaken } from '../contacts/change.ts'
import { labelNames } from '../contacts/store/queries.ts'
import type { WholeRow } from '../contacts/store/rows.ts'
import { readSnapshot } from '../contacts/store/snapshot.ts'
import { lockOwner } from '../contacts/store/write-one.ts'
import { bringBackLabels, findLostLabels, labelsNow } from '../labels/lost-labels.ts'
import { readCard } from '../vcard/read-card.ts'
import { deleteSomeOldTrash, deleteSomeTrash, deleteTrashed, findThrownAway } from './queries.ts'

const maxAgeDays = 30
// Between two batches others get their turn.
const batchSize = 500

/**
 * Brings a contact back from the trash, with its id and everything else, but for its vCard's UID where
 * another contact has that by now: then it gets one of its own. Labels that were deleted together
 * with it come back as well.
 * @throws AppError `not_found`, `conflict` when the owner would have too many labels
 */
export function restoreContact(
  { transaction }: Pick<OpenDatabase, 'transaction'>,
  ownerId: string,
  id: string,
): Promise<WholeRow> {
  const by = { actorId: ownerId, via: 'api', operation: 'restored' } as const
  const restore = (uid?: string) =>
    transaction(async (ask) => {
      // Until then, no label is renamed or deleted.
      await lockOwner(ask, ownerId)
      const edit = await wayBack(ask, ownerId, id)
      const withUid: Edit = (current) => ({ ...edit(current), uid })
      return changeWholeIn(ask, ownerId, id, withUid, by, { from: 'trash' })
    })
  return unlessUidTaken(restore, randomUUIDv7)
}

/** As it is in the trash; from where it lost labels together with which it was deleted, as it was. */
async function wayBack(ask: Ask, ownerId: string, id: string): Promise<Edit> {
  const past = await findThrownAway(ask, ownerId, id)
  const { labelIds } = readSnapshot(past?.state ?? {})
  const names = await labelNames(ask, ownerId, labelIds)
  const gone = labelIds.filter((labelId) => !names.has(labelId))
  const known = await findLostLabels(ask, ownerId, id, gone)
  const lost = known.filter(({ wentWithContacts }) => wentWithContacts)
  if (!past || lost.length === 0) return ({ contact, labelIds }) => ({ contact, labelIds })
  const again = await bringBackLabels(ask, ownerId, lost)
  const { card } = past
  return ({ contact }) => ({
    contact: card === null ? contact : keepSpelling(readCard(card).contact, contact),
    labelIds: labelsNow(labelIds, names, again),
    card,
  })
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
