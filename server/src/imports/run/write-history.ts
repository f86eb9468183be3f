import { categoryKey } from '../../book/label-name.ts'
import { inBook } from '../../contacts/store/locked-book.ts'
import { insertPastRevisions } from '../../contacts/store/past-revisions.ts'
import type { Connections } from '../../db/connections.ts'
import { useGenericPlans } from '../../db/generic-plans.ts'
import { findLabelsByKey } from '../../labels/queries.ts'
import {
  labelIdsIn,
  readArchivedHistory,
  type ArchivedRevision,
} from '../archive/archived-history.ts'
import type { ArchivedLabel } from '../archive/archived-labels.ts'
import { findCreated } from '../change-queries.ts'
import { importAuthor } from '../import-author.ts'
import { requireRunning, type Run } from './run.ts'

// Of one transaction: this many revisions, and about so much text.
const maxBatch = 100
const maxBatchWeight = 2 * 1024 * 1024

type Writing = { database: Connections }

/**
 * Writes the history that an archive holds of the contacts that its import has added. It is written
 * as often as somebody begins with it, and is there once.
 */
export async function writeHistory(
  { database }: Writing,
  run: Run,
  chunks: () => AsyncIterable<Uint8Array>,
  labels: readonly ArchivedLabel[],
): Promise<void> {
  const keys = labels.map(({ name }) => categoryKey(name))
  const labelIds = labelIdsIn(labels, await findLabelsByKey(database.read, run.ownerId, keys))
  let batch: ArchivedRevision[] = []
  let weight = 0
  for await (const revision of readArchivedHistory(chunks(), labelIds)) {
    batch.push(revision)
    weight += JSON.stringify(revision.snapshot).length + (revision.card?.length ?? 0)
    if (batch.length < maxBatch && weight < maxBatchWeight) continue
    await writeRevisions({ database }, run, batch)
    batch = []
    weight = 0
  }
  if (batch.length > 0) await writeRevisions({ database }, run, batch)
}

async function writeRevisions(
  { database }: Writing,
  run: Run,
  revisions: readonly ArchivedRevision[],
): Promise<void> {
  await inBook(database, importAuthor(run.ownerId), async (book) => {
    await useGenericPlans(book.ask)
    await requireRunning(book.ask, run)
    const numbers = new Set(revisions.map(({ number }) => number))
    const created = await findCreated(book.ask, run, [...numbers])
    const past = revisions.flatMap(({ number, ...revision }) => {
      const contact = created.get(number)
      return contact ? [{ ...revision, ...contact }] : []
    })
    await insertPastRevisions(book, past)
  })
}
