import { lockOwner } from '../../contacts/store/write-one.ts'
import type { OpenDatabase } from '../../db/database.ts'
import { findRenamed, findPendingLabels, forgetGroups } from '../../labels/group-cards.ts'
import { labelKey } from '../../book/label-name.ts'
import {
  findLabel,
  findLabelsByKey,
  markForPropagation,
  updateLabel,
} from '../../labels/queries.ts'
import { propagateLabel } from '../../labels/propagate-label.ts'

/**
 * Takes back what an import did to labels by its groups: those that it renamed, and that are still
 * called so, get their names back, and members that have not come yet are no longer waited for.
 */
export async function undoGroups(
  database: Pick<OpenDatabase, 'read' | 'transaction'>,
  which: { ownerId: string; importId: string },
  signal: AbortSignal,
) {
  const { ownerId } = which
  await database.transaction(async (ask) => {
    await lockOwner(ask, ownerId)
    for (const { id, name: given, renamedFrom: name } of await findRenamed(ask, which)) {
      const key = labelKey(name)
      const label = await findLabel(ask, ownerId, id)
      const others = await findLabelsByKey(ask, ownerId, [key])
      if (!label || labelKey(label.name) !== labelKey(given) || others.length > 0) continue
      await updateLabel(ask, ownerId, { id, name, key, colour: label.colour })
      await markForPropagation(ask, ownerId, id)
    }
    await forgetGroups(ask, which)
  })
  // Also those of an import that was cancelled while it told them.
  for (const labelId of await findPendingLabels(database.read, ownerId)) {
    await propagateLabel(database, { ownerId, labelId, actorId: ownerId }, { signal })
  }
}
