import type { Ask } from '../../db/ask.ts'
import { sql, step, writeOf } from '../../db/steps.ts'
import { importColumns, type Format, type ImportKey, type ImportRow } from '../import-row.ts'

const one = 'owner_id = $1 and id = $2'

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
    `update imports set state = 'waiting', octets = $3 where ${one} returning ${importColumns}`,
    [ownerId, importId, octets],
  )
  return rows[0]
}

export async function deleteImport(write: Ask, { ownerId, importId }: ImportKey) {
  await write(`delete from imports where ${one}`, [ownerId, importId])
}
