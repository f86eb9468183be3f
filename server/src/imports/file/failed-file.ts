import { formatRows } from '../../csv/write-csv.ts'
import type { Ask } from '../../db/ask.ts'
import type { ByteRange } from '../../vcard/lines/byte-window.ts'
import { findFailed } from '../entry-queries.ts'
import type { ImportRow } from '../import-row.ts'
import { findPart } from '../part-queries.ts'
import type { Source } from './entry.ts'
import { partSize } from './upload.ts'

/**
 * The failed entries as a file of the same format, of an archive as JSON, to be mended and imported
 * again.
 */
export async function* failedEntries(
  read: Ask,
  ownerId: string,
  { id, format, headers }: Pick<ImportRow, 'id' | 'format' | 'headers'>,
): AsyncGenerator<Uint8Array> {
  const isJson = format === 'json' || format === 'zip'
  if (isJson) yield Buffer.from('[')
  if (format === 'csv' && headers) yield Buffer.from(formatRows([JSON.parse(headers) as string[]]))
  const which = { ownerId, importId: id }
  let isUnended = false
  let separator = '\n'
  for (let after = 0; ;) {
    const rows = await findFailed(read, which, after)
    for (const { number, source } of rows) {
      if (isJson) {
        yield Buffer.from(separator + elementOf(JSON.parse(source) as Source))
        separator = ',\n'
        after = number
        continue
      }
      if (isUnended) yield Buffer.from('\r\n')
      for await (const bytes of octetsOf(read, which, JSON.parse(source) as Source)) {
        yield bytes
        isUnended = !endsLine(bytes)
      }
      after = number
    }
    if (rows.length === 0) break
  }
  if (isJson) yield Buffer.from('\n]\n')
}

/** An entry of an archive as it stands there; a group's card as a contact that has it. */
function elementOf(source: Source): string {
  const text = typeof source === 'string' ? source : JSON.stringify(source)
  return text.startsWith('{') ? text : JSON.stringify({ card: text })
}

async function* octetsOf(
  read: Ask,
  which: { ownerId: string; importId: string },
  source: Source,
): AsyncGenerator<Uint8Array> {
  if (typeof source === 'string') yield Buffer.from(source)
  else if (Array.isArray(source)) yield Buffer.from(formatRows([source]))
  else yield* fileOctets(read, which, source)
}

/** A part of the file as UTF-8; `charset` is the older character set that it is in. */
async function* fileOctets(
  read: Ask,
  which: { ownerId: string; importId: string },
  { from, to, charset }: ByteRange,
): AsyncGenerator<Uint8Array> {
  const decoder = charset && new TextDecoder(charset)
  for (let part = Math.floor(from / partSize); part * partSize < to; part++) {
    const bytes = await findPart(read, which, part)
    if (!bytes) return
    const start = part * partSize
    const some = bytes.subarray(Math.max(from - start, 0), to - start)
    yield decoder ? Buffer.from(decoder.decode(some, { stream: true })) : some
  }
}

function endsLine(bytes: Uint8Array): boolean {
  const last = bytes.at(-1)
  return last === 0x0a || last === 0x0d
}
