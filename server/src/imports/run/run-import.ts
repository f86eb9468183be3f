import { reprojectBook, type Reprojecting } from '../../contacts/reproject.ts'
import { columnsVersion } from '../../contacts/store/columns.ts'
import { inBook } from '../../contacts/store/locked-book.ts'
import type { Connections } from '../../db/connections.ts'
import { isDatabaseAway, isOwnerGone, isStatementTimeout } from '../../db/errors.ts'
import { refreshStatistics } from '../../db/table-statistics.ts'
import type { Services } from '../../services.ts'
import { VcardError } from '../../vcard/vcard-error.ts'
import type { ArchivedLabel } from '../archive/archived-labels.ts'
import { octetsOf } from '../file/import-file.ts'
import { importAuthor } from '../import-author.ts'
import type { ImportRow } from '../import-row.ts'
import { createEarlierEntries } from '../match/earlier-entries.ts'
import { findImport } from '../queries.ts'
import { refusalOf } from '../remarks/refused.ts'
import { remark } from '../remarks/remark.ts'
import { undoImport } from '../undo/undo-import.ts'
import { inBatches } from './batches.ts'
import { spreadGroups } from './groups.ts'
import { previewBatch } from './preview-batch.ts'
import { previewGroups } from './preview-groups.ts'
import { entriesOf, summarise } from './read-file.ts'
import { finishImport, restartPreview, setSummary, startImport } from './run-queries.ts'
import { ImportTakenOver, type Run } from './run.ts'
import { writeBatch } from './write-batch.ts'

export type ImportJob = { ownerId: string; importId: string }
export type Importing = Pick<Services, 'turns' | 'log'> & {
  database: Connections
  indexState: Pick<Services['indexState'], 'isUpdating'>
  metrics: Reprojecting['metrics']
}

const writtenTables = [
  'contacts',
  'contact_cards',
  'contact_sources',
  'import_changes',
  'import_entries',
]

/**
 * Imports a file, or undoes an import, from where it was left. Each batch is one transaction, in which
 * the import says how far it is, so that it may be broken off anywhere.
 * @param signal when it is aborted, the job breaks off with an error, and is taken up again
 */
export async function runImport(services: Importing, job: ImportJob, signal: AbortSignal) {
  const { database, log } = services
  const row = await findImport(database.read, job.ownerId, job.importId)
  if (row?.state === 'undoing') return undoImport(services, row, job, signal)
  const started = await startImport(database.write, job)
  // Cancelled meanwhile, or done by another process that was taken for dead.
  if (!started) return
  try {
    await importAll(services, started, job, signal)
  } catch (error) {
    if (isOwnerGone(error)) return
    if (error instanceof ImportTakenOver) {
      // Whoever took it over may be broken off as well: until the import has ended, another run looks after it.
      if ((await findImport(database.read, job.ownerId, job.importId))?.state !== 'running') return
      throw error
    }
    if (signal.aborted || isDatabaseAway(error) || isStatementTimeout(error)) throw error
    // A card that cannot be read fails as an entry: here it is a fault of ours.
    const refusal = error instanceof VcardError ? null : refusalOf(error)
    if (!refusal) log.error({ err: error, import: job.importId }, 'an import failed')
    const reason = refusal ?? remark('import_broken')
    await finishImport(database.write, job, 'running', 'failed', reason)
  }
}

async function importAll(
  services: Importing,
  row: ImportRow,
  { ownerId, importId }: ImportJob,
  signal: AbortSignal,
) {
  const { database } = services
  const run: Run = { ownerId, importId, done: row.done }
  const chunks = () => octetsOf(database.read, run, row, signal)
  const isArchive = row.format === 'json' || row.format === 'zip'
  const known = row.charset === null ? null : { name: row.charset, isStated: row.is_charset_stated }
  let charset = known
  if (row.entries === null) {
    const summary = await summarise(chunks, row.format, known)
    await setSummary(database.write, run, summary)
    charset = summary.charset
  }
  if (row.is_dry_run && run.done > 0) {
    await restartPreview(database.write, run)
    run.done = 0
  }
  const labels = isArchive ? await labelsOf(chunks()) : []
  if (!row.is_dry_run) await createLabels(database, run, labels)
  // Contacts that look like an entry are found by their columns.
  if (services.indexState.isUpdating) {
    await reprojectBook(services, ownerId, columnsVersion, signal)
  }
  const seen = createEarlierEntries()
  // Of fewer rows, any plan is as good as another.
  let nextLook = 100
  await inBatches(await entriesOf(row.format, chunks(), charset, run.done), async (batch) => {
    signal.throwIfAborted()
    const written = row.is_dry_run
      ? await database.transaction((ask) => previewBatch(ask, run, batch, seen))
      : await inBook(database, importAuthor(ownerId), (book) => writeBatch(book, run, batch))
    run.done += written
    if (run.done > nextLook) {
      if (!row.is_dry_run) await refreshStatistics(database, writtenTables, run.done)
      nextLook = run.done * 2
    }
    return written
  })
  if (row.is_dry_run) await previewGroups(database, run, signal)
  else await spreadGroups(services, run, signal)
  if (isArchive && !row.is_dry_run) {
    const { writeHistory } = await import('./write-history.ts')
    await writeHistory(services, run, chunks, labels)
  }
  await finishImport(database.write, run, 'running', 'done')
}

async function labelsOf(chunks: AsyncIterable<Uint8Array>): Promise<ArchivedLabel[]> {
  const { readArchivedLabels } = await import('../archive/archived-labels.ts')
  return readArchivedLabels(chunks)
}

async function createLabels(database: Connections, run: Run, labels: readonly ArchivedLabel[]) {
  if (labels.length === 0) return
  const { createArchivedLabels } = await import('../archive/archived-labels.ts')
  const author = importAuthor(run.ownerId)
  await inBook(database, author, (book) => createArchivedLabels(book, run, labels))
}
