import { type FileCharset, guessFileCharset, watchCharset } from '../../charset/file-charset.ts'
import { createPace } from '../../pace.ts'
import type { Entry } from '../file/entry.ts'
import { countCards, readCards } from '../file/read-cards.ts'
import { countRows, readRows } from '../file/read-rows.ts'
import type { Format } from '../import-row.ts'
import { refused } from '../remarks/refused.ts'
import type { FileSummary } from './run-queries.ts'

const maxEntries = 100_000

/** The entries of a file behind the first `after`. */
export async function entriesOf(
  format: Format,
  chunks: AsyncIterable<Uint8Array>,
  charset: FileCharset | null,
  after: number,
): Promise<AsyncGenerator<Entry>> {
  if (format === 'vcf') return readCards(chunks, charset, after)
  if (format === 'csv') return readRows(chunks, charset, after)
  const { readArchive } = await import('../archive/read-archive.ts')
  return readArchive(chunks, after)
}

/**
 * Reads a file for the first time.
 * @param stated its charset, which else is guessed
 * @throws {Refused} for a file of more entries than we take
 * @throws AppError `invalid` for what is no CSV of contacts
 */
export async function summarise(
  chunks: () => AsyncIterable<Uint8Array>,
  format: Format,
  stated: FileCharset | null,
): Promise<FileSummary> {
  const pace = createPace()
  let entries = 0
  const note = () => {
    if (++entries > maxEntries) throw refused('too_many_entries', { max: maxEntries })
    return pace()
  }
  if (format === 'csv') {
    const charset = stated ?? (await guessFileCharset(chunks()))
    return { ...(await countRows(chunks(), charset, note)), entries, charset }
  }
  const plain = { headers: null, unknownColumns: [], warnings: [] }
  if (format === 'vcf') {
    // Where cards begin and end does not depend on a charset that is guessed.
    const watched = watchCharset(chunks())
    await countCards(stated ? chunks() : watched.chunks, stated, note)
    return { ...plain, entries, charset: stated ?? watched.guessed() }
  }
  const { countArchive } = await import('../archive/read-archive.ts')
  await countArchive(chunks(), note)
  return { ...plain, entries, charset: null }
}
