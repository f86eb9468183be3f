import type { Ask } from '../db/ask.ts'
import { archiveOf } from './archive.ts'
import { exportCards } from './cards.ts'
import { encoded } from './download.ts'
import type { Export } from './export.ts'
import { exportCsv, exportJson } from './tables.ts'

/** A file, in chunks that each have a buffer of their own, made as they are asked for. */
export async function* exported(
  read: Ask,
  wanted: Export,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (wanted.format === 'zip') {
    for await (const chunk of archiveOf(read, wanted)) yield Uint8Array.from(chunk as Buffer)
    return
  }
  const { ownerId, selection } = wanted
  if (wanted.format === 'vcf') {
    yield* encoded(exportCards(read, ownerId, selection, wanted.version))
  } else {
    const write = wanted.format === 'csv' ? exportCsv : exportJson
    yield* encoded(write(read, ownerId, selection))
  }
}
