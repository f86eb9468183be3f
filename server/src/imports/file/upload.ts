import type { Readable } from 'node:stream'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { oneLine } from '../../book/text.ts'
import { charsetName } from '../../charset/legacy-decoder.ts'
import { AppError, invalidField } from '../../errors.ts'
import { endLater, oneFile, refusalOf } from '../../http/file-form.ts'
import { wrongMediaType } from '../../http/media-types.ts'

/** Of a file, in octets. */
export const maxFileSize = 50 * 1024 * 1024
/** Of the pieces that it is kept in; only the last may be smaller. */
export const partSize = 256 * 1024
const maxNameLength = 255

export const uploadOptions = oneFile(maxFileSize)

/** What becomes of a file while it arrives. */
export type Receiver = {
  /** Called with pieces of 256 KiB, of which only the last is smaller; the next waits for its end. */
  take(piece: Buffer, file: { name: string; charset: string | null }): Promise<void>
}

/**
 * Reads the one file that the form holds, in a field named `file`, without ever holding all of it.
 * @returns how many octets it had
 * @throws AppError `unsupported` for anything but a form, `malformed` for a broken one, `too_large`,
 *   or `invalid` when it holds something else
 */
export async function receiveFile(request: FastifyRequest, receiver: Receiver): Promise<number> {
  if (!request.isMultipart()) throw wrongMediaType(['multipart/form-data'])
  let octets: number | undefined
  // What it throws is no fault of the form.
  let thrown: { error: unknown } | undefined
  const take: Receiver['take'] = async (piece, file) => {
    try {
      await receiver.take(piece, file)
    } catch (error) {
      thrown = { error }
      throw error
    }
  }
  const charset = statedCharset(request.raw)
  try {
    for await (const part of request.parts()) {
      if (part.type !== 'file') continue
      if (part.fieldname !== 'file') throw invalidField('/file', 'is required.')
      octets = await receivePart(part, charset, { take })
    }
  } catch (error) {
    // What is still coming is read and forgotten, for as long as somebody may want our answer.
    endLater(request)
    // A parser that nobody reads from any more would hold it up.
    request.raw.unpipe()
    request.raw.resume()
    throw thrown ? thrown.error : refusalOf(error, tooLarge())
  }
  if (octets === undefined) throw invalidField('/file', 'is required.')
  return octets
}

async function receivePart(
  part: MultipartFile,
  charset: () => string | null,
  receiver: Receiver,
): Promise<number> {
  const file = { name: fileNameOf(part.filename), charset: charset() }
  let waiting: Buffer[] = []
  let size = 0
  let octets = 0
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    octets += chunk.length
    for (let at = 0; at < chunk.length;) {
      const some = chunk.subarray(at, at + partSize - size)
      waiting.push(some)
      size += some.length
      at += some.length
      if (size < partSize) continue
      await receiver.take(Buffer.concat(waiting), file)
      waiting = []
      size = 0
    }
  }
  if (part.file.truncated) throw tooLarge()
  if (size > 0 || octets === 0) await receiver.take(Buffer.concat(waiting), file)
  return octets
}

const maxHeadersLength = 8 * 1024

/**
 * Looks for the charset in the Content-Type of the first part (RFC 7578, 4.4), which @fastify/multipart
 * leaves out, while the form arrives. UTF-8 is what clients state without looking at the file, and is
 * assumed anyway: it counts as none.
 */
function statedCharset(form: Readable): () => string | null {
  let headers = ''
  const look = (chunk: Buffer) => {
    headers += chunk.toString('latin1', 0, maxHeadersLength)
    if (headers.includes('\r\n\r\n') || headers.length >= maxHeadersLength) form.off('data', look)
  }
  form.on('data', look)
  return () => {
    form.off('data', look)
    const [head = ''] = headers.split('\r\n\r\n', 1)
    const label = /^content-type:.*;\s*charset\s*=\s*"?([^\s";]+)/im.exec(head)?.[1]
    const name = label === undefined ? undefined : charsetName(label)
    const isGeneral = name === 'utf-8' || /^(?:us-)?ascii$/i.test(label ?? '')
    return name === undefined || isGeneral ? null : name
  }
}

/** Without a path, and fit to be shown. */
function fileNameOf(given: string | undefined): string {
  const name = (given ?? '').split(/[/\\]/).at(-1) ?? ''
  return oneLine(name.slice(0, maxNameLength).toWellFormed()) ?? 'contacts'
}

function tooLarge(): AppError {
  return new AppError('too_large', 'too_large', 'The file is larger than 50 MB.')
}
