import type { Ask } from '../db/ask.ts'
import type { Aging } from '../db/purge.ts'
import { sql, step, writeOf } from '../db/steps.ts'
import { partSize } from './file/upload.ts'

export type ImportState =
  | 'uploading'
  | 'waiting'
  | 'running'
  | 'done'
  | 'failed'
  | 'undoing'
  | 'undone'
/** `json` and `zip` are archives of Kith: contacts, or all of an account. */
export type Format = 'vcf' | 'csv' | 'json' | 'zip'
export type Counts = { created: number; updated: number; same: number; failed: number }

export type ImportRow = Counts & {
  id: string
  state: ImportState
  is_dry_run: boolean
  format: Format
  file_name: string
  octets: number
  /** null until it is guessed, and for UTF-8 and UTF-16. */
  charset: string | null
  is_charset_stated: boolean
  headers: string | null
  /** As JSON. */
  unknown_columns: string | null
  warning: string | null
  entries: number | null
  done: number
  kept: number
  new_label_ids: string[]
  reason: string | null
  created_at: string
  started_at: string | null
  finished_at: string | null
}

export type ImportKey = { ownerId: string; importId: string }

const columns = `id, state, is_dry_run, format, file_name, octets, charset, is_charset_stated, headers,
  unknown_columns, warning, entries, done, created, updated, same, failed, kept, new_label_ids, reason, created_at, started_at, finished_at`
const one = 'owner_id = $1 and id = $2'
/** How many are shown; older ones only wait for the cleanup. */
const maxListed = 50

export async function insertImport(
  write: Ask,
  { ownerId, importId }: ImportKey,
  file: { isDryRun: boolean; fileName: string; format: Format; charset: string | null },
) {
  const { isDryRun, fileName, format, charset } = file
  await write(inserting, [ownerId, importId, isDryRun, fileName, format, charset, charset !== null])
}

const inserting = writeOf({
  steps: [
    step('owner', sql`insert into owners (id) values ($1) on conflict (id) do nothing`),
    step(
      'import',
      sql`insert into imports (owner_id, id, is_dry_run, file_name, format, charset, is_charset_stated)
    values ($1, $2, $3, $4, $5, $6, $7)`,
    ),
  ],
})

/** Marks the upload as complete. */
export async function queueImport(write: Ask, { ownerId, importId }: ImportKey, octets: number) {
  const rows = await write<ImportRow>(
    `update imports set state = 'waiting', octets = $3 where ${one} returning ${columns}`,
    [ownerId, importId, octets],
  )
  return rows[0]
}

export async function deleteImport(write: Ask, { ownerId, importId }: ImportKey) {
  await write(`delete from imports where ${one}`, [ownerId, importId])
}

export async function findImport(read: Ask, ownerId: string, importId: string) {
  const rows = await read<ImportRow>(
    `select ${columns} from imports where ${one} and state <> 'uploading'`,
    [ownerId, importId],
  )
  return rows[0]
}

/** The owner's latest imports, newest first. */
export function listLatestImports(read: Ask, ownerId: string) {
  return read<ImportRow>(
    `select ${columns} from imports where owner_id = $1 and state <> 'uploading'
    order by id desc limit ${maxListed}`,
    [ownerId],
  )
}

export async function countUnfinished(read: Ask, ownerId: string) {
  const rows = await read<{ count: number }>(
    `select count(*) from imports
    where owner_id = $1 and state in ('uploading', 'waiting', 'running')`,
    [ownerId],
  )
  return rows[0]?.count ?? 0
}

/** @returns undefined when there is no work to do on it, or no longer */
export async function startImport(write: Ask, { ownerId, importId }: ImportKey) {
  const rows = await write<ImportRow>(
    `update imports set state = 'running', started_at = least(started_at, now())
    where ${one} and state in ('waiting', 'running') returning ${columns}`,
    [ownerId, importId],
  )
  return rows[0]
}

/** An interrupted preview starts again from the beginning. */
export async function restartPreview(write: Ask, { ownerId, importId }: ImportKey) {
  await write(restarting, [ownerId, importId])
}

const restarting = writeOf({
  steps: [
    step('entries', sql`delete from import_entries where owner_id = $1 and import_id = $2`),
    step(
      'import',
      sql`update imports set done = 0, created = 0, updated = 0, same = 0, failed = 0
    where ${one} and is_dry_run`,
    ),
  ],
})

/** What a first reading of a file finds. */
export type FileSummary = {
  entries: number
  headers: string[] | null
  unknownColumns: string[]
  warning: string | null
}

export async function setCharset(write: Ask, { ownerId, importId }: ImportKey, charset: string) {
  await write(`update imports set charset = $3 where ${one}`, [ownerId, importId, charset])
}

export async function setSummary(
  write: Ask,
  { ownerId, importId }: ImportKey,
  { entries, headers, unknownColumns, warning }: FileSummary,
) {
  await write(
    `update imports set entries = $3, headers = $4, unknown_columns = $5, warning = $6 where ${one}`,
    [
      ownerId,
      importId,
      entries,
      headers && JSON.stringify(headers),
      unknownColumns.length === 0 ? null : JSON.stringify(unknownColumns),
      warning,
    ],
  )
}

/**
 * Keeps others from working on an import until the transaction ends.
 * @returns how many of its entries are done; undefined when it is no longer running
 */
export async function lockRunning(ask: Ask, { ownerId, importId }: ImportKey) {
  const rows = await ask<{ done: number }>(
    `select done from imports where ${one} and state = 'running' for update`,
    [ownerId, importId],
  )
  return rows[0]?.done
}

export async function addProgress(
  write: Ask,
  { ownerId, importId }: ImportKey,
  more: Counts & { done: number; newLabelIds: string[] },
) {
  const { done, created, updated, same, failed, newLabelIds } = more
  await write(
    `update imports set done = done + $3, created = created + $4, updated = updated + $5,
      same = same + $6, failed = failed + $7, new_label_ids = new_label_ids || $8::uuid[]
    where ${one}`,
    [ownerId, importId, done, created, updated, same, failed, newLabelIds],
  )
}

/** Those of the labels that this transaction has created. */
export async function findNewLabels(ask: Ask, ownerId: string, ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await ask<{ id: string }>(
    'select id from labels where owner_id = $1 and id = any ($2::uuid[]) and created_at = now()',
    [ownerId, ids],
  )
  return rows.map(({ id }) => id)
}

/** Ends an import, and deletes its file but for the parts that hold failed entries. */
export async function finishImport(
  write: Ask,
  { ownerId, importId }: ImportKey,
  from: ImportState,
  to: ImportState,
  reason: string | null = null,
) {
  const rows = await write(finishing, [ownerId, importId, from, to, reason, partSize])
  return rows.length > 0
}

const finishing = writeOf({
  steps: [
    step(
      'file',
      // With an offset it is read once, and not anew for each part.
      sql`delete from import_files
      where owner_id = $1 and import_id = $2 and not exists (
        select from (
          select (source::json ->> 'from')::bigint / $6::integer as first,
            ((source::json ->> 'to')::bigint - 1) / $6::integer as last
          from import_entries
          where owner_id = $1 and import_id = $2 and outcome = 'failed' and source like '{%'
          offset 0
        ) needed where part between first and last
      )`,
    ),
    step(
      'import',
      sql`update imports set state = $4, reason = coalesce($5, reason), finished_at = now()
    where ${one} and state = $3 returning id`,
    ),
  ],
})

/** @returns undefined when there is nothing left to undo */
export async function startUndoing(write: Ask, ownerId: string, importId: string) {
  const rows = await write<ImportRow>(
    `update imports set state = 'undoing', finished_at = null
    where ${one} and state in ('waiting', 'running', 'done', 'failed') returning ${columns}`,
    [ownerId, importId],
  )
  return rows[0]
}

/** Imports that have ended, and uploads that never came to their end. With all that is theirs each is large. */
export const agingImports: Aging[] = [
  { since: 'finished_at', lifetime: '30 days', only: 'finished_at is not null' },
  { since: 'created_at', lifetime: '1 hour', only: `state = 'uploading'` },
].map((one) => ({ ...one, table: 'imports', owner: 'owner_id', key: 'id', batchSize: 1 }))
