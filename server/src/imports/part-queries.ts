import type { Ask } from '../db/ask.ts'
import type { ImportKey } from './import-row.ts'

export async function insertPart(
  write: Ask,
  { ownerId, importId }: ImportKey,
  part: number,
  bytes: Buffer,
) {
  await write(
    'insert into import_files (owner_id, import_id, part, bytes) values ($1, $2, $3, $4)',
    [ownerId, importId, part, bytes],
  )
}

export async function findPart(read: Ask, { ownerId, importId }: ImportKey, part: number) {
  const rows = await read<{ bytes: Buffer }>(
    'select bytes from import_files where owner_id = $1 and import_id = $2 and part = $3',
    [ownerId, importId, part],
  )
  return rows[0]?.bytes
}
