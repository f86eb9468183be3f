import type { FileCharset } from '../../charset/file-charset.ts'
import type { Ask } from '../../db/ask.ts'
import { sql, step, writeOf } from '../../db/steps.ts'
import { partSize } from '../file/upload.ts'
import {
  importColumns,
  type Counts,
  type ImportKey,
  type ImportRow,
  type ImportState,
} from '../import-row.ts'
import type { Remark } from '../remarks/remark.ts'

const one = 'owner_id = $1 and id = $2'

/** @returns undefined when there is no work to do on it, or no longer */
export async function startImport(write: Ask, { ownerId, importId }: ImportKey) {
  const rows = await write<ImportRow>(
    `update imports set state = 'running', started_at = least(started_at, now())
    where ${one} and state in ('waiting', 'running') returning ${importColumns}`,
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
  warnings: readonly Remark[]
  /** null for UTF-8, UTF-16 and archives. */
  charset: FileCharset | null
}

export async function setSummary(
  write: Ask,
  { ownerId, importId }: ImportKey,
  { entries, headers, unknownColumns, warnings, charset }: FileSummary,
) {
  await write(
    `update imports set entries = $3, headers = $4, unknown_columns = $5, warning_remarks = $6,
      charset = $7
    where ${one}`,
    [
      ownerId,
      importId,
      entries,
      headers && JSON.stringify(headers),
      unknownColumns.length === 0 ? null : JSON.stringify(unknownColumns),
      warnings.length === 0 ? null : JSON.stringify(warnings),
      charset?.name ?? null,
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
  reason: Remark | null = null,
) {
  const remarks = reason && JSON.stringify([reason])
  const rows = await write(finishing, [ownerId, importId, from, to, remarks, partSize])
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
      sql`update imports set state = $4, reason_remarks = coalesce($5, reason_remarks), finished_at = now()
    where ${one} and state = $3 returning id`,
    ),
  ],
})
