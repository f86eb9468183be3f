import type { Ask } from '../db/ask.ts'
import type { Aging } from '../db/purge.ts'
import { importColumns, type ImportRow } from './import-row.ts'

const one = 'owner_id = $1 and id = $2'
/** How many are shown; older ones only wait for the cleanup. */
const maxListed = 50

export async function findImport(read: Ask, ownerId: string, importId: string) {
  const rows = await read<ImportRow>(
    `select ${importColumns} from imports where ${one} and state <> 'uploading'`,
    [ownerId, importId],
  )
  return rows[0]
}

/** The owner's latest imports, newest first. */
export function listLatestImports(read: Ask, ownerId: string) {
  return read<ImportRow>(
    `select ${importColumns} from imports where owner_id = $1 and state <> 'uploading'
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

/** @returns undefined when there is nothing left to undo */
export async function startUndoing(write: Ask, ownerId: string, importId: string) {
  const rows = await write<ImportRow>(
    `update imports set state = 'undoing', finished_at = null
    where ${one} and state in ('waiting', 'running', 'done', 'failed') returning ${importColumns}`,
    [ownerId, importId],
  )
  return rows[0]
}

/** Imports that have ended, and uploads that never came to their end. With all that is theirs each is large. */
export const agingImports: Aging[] = [
  { since: 'finished_at', lifetime: '30 days', only: 'finished_at is not null' },
  { since: 'created_at', lifetime: '1 hour', only: `state = 'uploading'` },
].map((one) => ({ ...one, table: 'imports', owner: 'owner_id', key: 'id', batchSize: 1 }))
