import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { AppError, invalidField } from '../../errors.ts'
import { endLater, oneFile, refusalOf } from '../../http/file-form.ts'
import { oneLine } from '../../book/text.ts'

/** Of a file, in octets. */
export const maxFileSize = 50 * 1024 * 1024
/** Of the pieces that it is kept in; only the last may be smaller. */
export const partSize = 256 * 1024
const maxNameLength = 255

export const uploadOptions = oneFile(maxFileSize)

/** What becomes of a file while it arrives. */
export type Receiver = {
  /** Called with pieces of 256 KiB, of which only the last is smaller; the next waits for its end. */
  take(piece: Buffer, fileName: string): Promise<void>
}

/**
 * Reads the one file that the form holds, in a field named `file`, without ever holding all of it.
 * @returns how many octets it had
 * @throws AppError `unsupported` for anything but a form, `malformed` for a broken one, `too_large`,
 *   or `invalid` when it holds something else
 */
export async function receiveFile(request: FastifyRequest, receiver: Receiver): Promise<number> {
  if (!request.isMultipart()) {
    const detail = 'Send the file as multipart/form-data.'
    throw new AppError('unsupported', 'unsupported_media_type', detail)
  }
  let octets: number | undefined
  // What it throws is no fault of the form.
  let thrown: { error: unknown } | undefined
  const take: Receiver['take'] = async (piece, fileName) => {
    try {
      await receiver.take(piece, fileName)
    } catch (error) {
      thrown = { error }
      throw error
    }
  }
  try {
    for await (const part of request.parts()) {
      if (part.type !== 'file') continue
      if (part.fieldname !== 'file') throw invalidField('/file', 'is required.')
      octets = await receivePart(part, { take })
    }
  } catch (error) {
    // What is still coming is read and forgotten, for as long as somebody may want our answer.
    endLater(request)
    request.raw.resume()
    throw thrown ? thrown.error : refusalOf(error, tooLarge())
  }
  if (octets === undefined) throw invalidField('/file', 'is required.')
  return octets
}

async function receivePart(part: MultipartFile, receiver: Receiver): Promise<number> {
  const name = fileNameOf(part.filename)
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
      await receiver.take(Buffer.concat(waiting), name)
      waiting = []
      size = 0
    }
  }
  if (part.file.truncated) throw tooLarge()
  if (size > 0 || octets === 0) await receiver.take(Buffer.concat(waiting), name)
  return octets
}

/** Without a path, and fit to be shown. */
function fileNameOf(given: string | undefined): string {
  const name = (given ?? '').split(/[/\\]/).at(-1) ?? ''
  return oneLine(name.slice(0, maxNameLength).toWellFormed()) ?? 'contacts'
}

function tooLarge(): AppError {
  return new AppError('too_large', 'too_large', 'The file is larger than 50 MB.')
}
