import { oneLine } from '../../book/text.ts'
import type { LockedBook } from '../../contacts/store/locked-book.ts'
import { findOrCreateLabels } from '../../labels/find-or-create.ts'
import { maxLabels } from '../../labels/queries.ts'
import { addProgress, findNewLabels } from '../run/run-queries.ts'
import { noCounts, requireRunning, type Run } from '../run/run.ts'
import { colourIn } from './archived-contact.ts'
import { membersIn, textIn } from './json-members.ts'
import { jsonPieces } from './json-pieces.ts'

/** A label of the account that an archive is of. */
export type ArchivedLabel = { id: string | null; name: string; colour: string | null }

/** The labels of an archive, also those that no contact has; no more than an account can have. */
export async function readArchivedLabels(
  chunks: AsyncIterable<Uint8Array>,
): Promise<ArchivedLabel[]> {
  const labels: ArchivedLabel[] = []
  for await (const piece of jsonPieces(chunks, (list) => list === 'labels')) {
    const members = piece.kind === 'element' ? membersIn(piece.text) : null
    const name = oneLine(textIn(members?.['name']) ?? '')
    if (!members || name === null) continue
    labels.push({ id: textIn(members['id']), name, colour: colourIn(members['colour']) })
    if (labels.length === maxLabels) break
  }
  return labels
}

/** Creates those of the labels that there are none of; the others keep their colours. */
export async function createArchivedLabels(
  book: LockedBook,
  run: Run,
  labels: readonly ArchivedLabel[],
): Promise<void> {
  const { ask, ownerId } = book
  await requireRunning(ask, run)
  const colours = new Map(labels.map(({ name, colour }) => [name, colour]))
  const found = await findOrCreateLabels(book, [...colours.keys()], colours)
  const ids = [...found.values()].map(({ id }) => id)
  const newLabelIds = await findNewLabels(ask, ownerId, ids)
  await addProgress(ask, run, { ...noCounts(), done: 0, newLabelIds })
}
