import type { Ask } from '../../db/ask.ts'
import { unzippedAccount } from '../archive/zipped-account.ts'
import type { ImportKey, ImportRow } from '../import-row.ts'
import { findPart } from '../part-queries.ts'
import { partSize } from './upload.ts'

/** The octets of an import's file, of an archive those of the account in it. */
export function octetsOf(
  read: Ask,
  which: ImportKey,
  { format, octets }: Pick<ImportRow, 'format' | 'octets'>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const range = (start: number, end: number) => rangeOf(read, which, start, end, signal)
  return format === 'zip' ? unzippedAccount(range, octets) : range(0, octets)
}

async function* rangeOf(
  read: Ask,
  which: ImportKey,
  start: number,
  end: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for (let part = Math.floor(start / partSize); part * partSize < end; part++) {
    signal?.throwIfAborted()
    const bytes = await findPart(read, which, part)
    if (!bytes) return
    const offset = part * partSize
    yield bytes.subarray(Math.max(start - offset, 0), end - offset)
  }
}
