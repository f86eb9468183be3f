import { randomUUIDv7 } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { charsetName } from '../charset/legacy-decoder.ts'
import { AppError, invalidField } from '../errors.ts'
import type { Services } from '../services.ts'
import type { EntryRow } from './entry-queries.ts'
import { octetsOf } from './file/import-file.ts'
import { recogniseFormat, requireOwnArchive } from './file/recognise.ts'
import { deleteImport, insertImport, queueImport } from './file/upload-queries.ts'
import { receiveFile } from './file/upload.ts'
import type { Format, ImportRow } from './import-row.ts'
import { insertPart } from './part-queries.ts'
import { countUnfinished, findImport, startUndoing } from './queries.ts'
import { sentencesOf } from './remarks/remark.ts'
import type { Import, ImportEntry } from './schema.ts'

type Keeping = Pick<Services, 'database' | 'jobs'>
type Receiving = Keeping & Pick<Services, 'bulk'>

// How many an owner may have waiting at once: each may be 50 MB.
const maxUnfinished = 10

/** @throws AppError `conflict` while too many imports of the owner are waiting */
export async function requireImportSlot(
  { read }: Pick<Services['database'], 'read'>,
  ownerId: string,
): Promise<void> {
  if ((await countUnfinished(read, ownerId)) < maxUnfinished) return
  const detail = `${maxUnfinished} imports are waiting already. Come again when one is done.`
  throw new AppError('conflict', 'too_many_imports', detail)
}

/**
 * Writes an uploaded file into the database, piece by piece, and queues its import. Call
 * {@link requireImportSlot} first.
 * @throws AppError as `receiveFile`, `recogniseFormat` and `requireOwnArchive` do
 */
export async function receiveImport(
  { database, jobs, bulk }: Receiving,
  ownerId: string,
  request: FastifyRequest,
  { isDryRun, charset: label }: { isDryRun: boolean; charset: string | undefined },
): Promise<ImportRow> {
  const { write } = database
  const wanted = label === undefined ? null : requireCharset(label)
  const which = { ownerId, importId: randomUUIDv7() }
  const kept: { parts: number; format: Format } = { parts: 0, format: 'vcf' }
  try {
    const octets = await receiveFile(request, {
      async take(piece, file) {
        if (kept.parts === 0) {
          // A byte order mark is surer than what was stated.
          const charset = isMarked(piece) ? null : (wanted ?? file.charset)
          const stated = charset === null ? null : { name: charset, isStated: true }
          kept.format = await recogniseFormat(piece, file.name, stated)
          const { format } = kept
          const isText = format === 'vcf' || format === 'csv'
          const fileName = file.name
          await insertImport(write, which, {
            isDryRun,
            fileName,
            format,
            charset: isText ? charset : null,
          })
        }
        // A file of more than one piece is imported in the thread, which starts while the rest arrives.
        if (kept.parts === 1) bulk.warmUp()
        await insertPart(write, which, kept.parts++, piece)
      },
    })
    const { format } = kept
    if (format === 'zip') await requireOwnArchive(octetsOf(write, which, { format, octets }))
    const row = await database.transaction(async (ask) => {
      const row = await queueImport(ask, which, octets)
      if (row) await jobs.send(ask, 'import', which)
      return row
    })
    // Its account was deleted meanwhile.
    if (!row) throw importNotFound()
    return row
  } catch (error) {
    // The cleanup deletes what cannot be deleted now.
    if (kept.parts > 0) await deleteImport(write, which).catch(() => {})
    throw error
  }
}

/** @throws AppError `invalid` for a charset that is unknown */
function requireCharset(label: string): string | null {
  const name = charsetName(label)
  if (name === undefined) throw invalidField('/charset', 'is no known character set.')
  return name === 'utf-8' ? null : name
}

function isMarked([a, b, c]: Buffer): boolean {
  return (
    (a === 0xef && b === 0xbb && c === 0xbf) ||
    (a === 0xff && b === 0xfe) ||
    (a === 0xfe && b === 0xff)
  )
}

/**
 * Cancels an import, or undoes it when it is done: contacts that it added go to the trash, and those
 * that it changed become what they were, unless they were changed since.
 * @throws AppError `not_found`
 */
export async function cancelOrUndoImport(
  { database, jobs }: Keeping,
  ownerId: string,
  importId: string,
): Promise<ImportRow> {
  const row = await database.transaction(async (ask) => {
    const row = await startUndoing(ask, ownerId, importId)
    if (row) await jobs.send(ask, 'import', { ownerId, importId })
    return row
  })
  return row ?? readImport(database, ownerId, importId)
}

/** @throws AppError `not_found` */
export async function readImport(
  { read }: Pick<Services['database'], 'read'>,
  ownerId: string,
  importId: string,
): Promise<ImportRow> {
  const row = await findImport(read, ownerId, importId)
  if (!row) throw importNotFound()
  return row
}

/** An import as callers see it. */
export function presentImport(row: ImportRow): Import {
  const { id, format, file_name, octets, charset, entries, done, kept } = row
  const { warning_remarks: warnings, reason_remarks: reasons } = row
  const { created, updated, same, failed, created_at, started_at, finished_at } = row
  const isOver = row.state === 'done' || row.state === 'undone'
  return {
    id,
    // An import that is still uploading is shown to nobody.
    state: row.state === 'uploading' ? 'waiting' : row.state,
    dry_run: row.is_dry_run,
    format,
    file_name,
    octets,
    charset,
    unknown_columns: row.unknown_columns ? (JSON.parse(row.unknown_columns) as string[]) : [],
    warning: warnings ? sentencesOf(warnings) : row.warning,
    entries,
    done,
    progress: isOver ? 1 : entries ? Math.min(1, done / entries) : 0,
    created,
    updated,
    same,
    failed,
    kept,
    reason: reasons ? sentencesOf(reasons) : row.reason,
    remarks: [...(warnings ?? []), ...(reasons ?? [])],
    created_at,
    started_at,
    finished_at,
  }
}

/** What became of an entry, as callers see it: a group that still waits has said nothing new so far. */
export function presentEntry({ outcome, reason, remarks, ...rest }: EntryRow): ImportEntry {
  return {
    ...rest,
    outcome: outcome === 'group' ? 'same' : outcome,
    reason: remarks ? sentencesOf(remarks) : reason,
    remarks: remarks ?? [],
  }
}

function importNotFound(): AppError {
  return new AppError('not_found', 'not_found', 'There is no such import.')
}
