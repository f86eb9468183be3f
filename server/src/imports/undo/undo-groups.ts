import { labelKey } from '../../book/label-name.ts'
import { inBook, type LockedBook } from '../../contacts/store/locked-book.ts'
import { findRenamed, forgetGroups } from '../../labels/group-cards.ts'
import { propagateLabel, type Propagating } from '../../labels/propagate-label.ts'
import {
  findLabel,
  findLabelsByKey,
  findPendingLabels,
  markForPropagation,
  updateLabel,
} from '../../labels/queries.ts'
import { importAuthor } from '../import-author.ts'

/**
 * Undoes what an import did to labels by its groups: those that it renamed, and that still have that
 * name, get their old names back, and nobody waits any more for members that have not come yet.
 */
export async function undoGroups(
  services: Propagating,
  { ownerId, importId }: { ownerId: string; importId: string },
  signal: AbortSignal,
) {
  const { database } = services
  const author = importAuthor(ownerId)
  await inBook(database, author, async (book) => {
    await restoreNames(book, importId)
    await forgetGroups(book, importId)
  })
  // Also the labels of an import that was cancelled while it renamed them.
  for (const labelId of await findPendingLabels(database.read, ownerId)) {
    await propagateLabel(services, author, labelId, { signal })
  }
}

async function restoreNames(book: LockedBook, importId: string) {
  const { ask, ownerId } = book
  for (const { id, name: given, renamedFrom: name } of await findRenamed(ask, {
    ownerId,
    importId,
  })) {
    const key = labelKey(name)
    const label = await findLabel(ask, ownerId, id)
    const others = await findLabelsByKey(ask, ownerId, [key])
    if (!label || labelKey(label.name) !== labelKey(given) || others.length > 0) continue
    await updateLabel(book, { id, name, key, colour: label.colour })
    await markForPropagation(book, id)
  }
}
