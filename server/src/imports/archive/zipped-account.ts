import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl'
import type { CodeOf } from '../../error-codes.ts'
import { AppError } from '../../errors.ts'

/** The octets of a file from `start` to before `end`. */
export type ReadRange = (start: number, end: number) => AsyncGenerator<Uint8Array>

/** Of all that an archive holds, unpacked. */
const maxUnpacked = 1024 * 1024 * 1024
// Ours hold three; whoever packed one again may have added some.
const maxFiles = 1_000
const stored = 0
const deflated = 8

/**
 * The octets of `account.json` in a ZIP archive, unpacked as they are asked for. Of the archive's other
 * files nothing is read, and nothing is ever written to disk.
 * @param size of the archive
 * @throws AppError `invalid` or `too_large` for an archive that is damaged, encrypted, a bomb, or not ours
 */
export async function* unzippedAccount(read: ReadRange, size: number): AsyncGenerator<Uint8Array> {
  // What the archive's own octets could not be read for is no fault of the archive.
  let thrown: { error: unknown } | undefined
  async function* noted(start: number, end: number) {
    try {
      yield* read(start, end)
    } catch (error) {
      thrown = { error }
      throw error
    }
  }
  try {
    const zip = await fromRandomAccessReaderPromise(new RangeReader(noted), size, {
      autoClose: false,
    })
    yield* octetsOf(zip, await findAccount(zip))
  } catch (error) {
    if (thrown) throw thrown.error
    throw error instanceof AppError ? error : damaged()
  }
}

class RangeReader extends RandomAccessReader {
  readonly #read: ReadRange

  constructor(read: ReadRange) {
    super()
    this.#read = read
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#read(start, end), { objectMode: false })
  }
}

async function findAccount(zip: ZipFile): Promise<Entry> {
  if (zip.entryCount > maxFiles) throw foreign()
  const found: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    if (/^(?:[^/]+\/)?account\.json$/.test(entry.fileName)) found.push(entry)
  }
  const [entry, second] = found
  if (!entry || second) throw foreign()
  if (entry.isEncrypted()) {
    throw refused(
      'file_encrypted',
      'This ZIP archive is encrypted: unpack it, and pack it without.',
    )
  }
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated) throw foreign()
  if (entry.uncompressedSize > maxUnpacked) {
    const detail = 'The account.json in this ZIP archive is larger than 1 GB.'
    throw new AppError('too_large', 'too_large', detail)
  }
  return entry
}

/** yauzl itself refuses more or fewer octets than the archive states. */
async function* octetsOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry)
  let checksum = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    checksum = crc32(chunk, checksum)
    yield chunk
  }
  if (checksum !== entry.crc32) throw damaged()
}

function damaged(): AppError {
  return refused('file_damaged', 'This ZIP archive is damaged, or a part of it is missing.')
}

/** It may hold anything, a table of Excel for one. */
function foreign(): AppError {
  return refused(
    'file_not_recognised',
    'This is a ZIP archive, or an Excel file, and not one that Kith exported: unpack it, or save ' +
      'the table as CSV.',
  )
}

function refused(code: CodeOf<'invalid'>, detail: string): AppError {
  return new AppError('invalid', code, detail, { errors: [{ pointer: '/file', detail }] })
}
