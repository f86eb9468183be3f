import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { AppError, invalidField } from '../errors.ts'
import { endLater, oneFile, refusalOf } from '../http/file-form.ts'
import { wrongMediaType } from '../http/media-types.ts'

/** Of an uploaded file, in bytes. */
export const maxUploadSize = 5 * 1024 * 1024

export const uploadOptions = oneFile(maxUploadSize)

/**
 * The content of the one file that the form holds, in a field named `file`. What the client calls
 * that file, and its type, is ignored.
 * @throws AppError `unsupported` for anything but a form, `malformed` for a broken one, `too_large`,
 *   or `invalid` when it holds something else
 */
export async function readUpload(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw wrongMediaType(['multipart/form-data'])
  let bytes: Buffer | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type !== 'file') continue
      const content = await contentOf(part, request)
      if (part.fieldname === 'file') bytes = content
    }
  } catch (error) {
    throw refusalOf(error, tooLarge())
  }
  if (!bytes) throw invalidField('/file', 'is required.')
  return bytes
}

/** Answers as soon as the file is too large; the rest of it is read and forgotten meanwhile. */
function contentOf(part: MultipartFile, request: FastifyRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const refuse = () => {
      endLater(request)
      reject(tooLarge())
    }
    // The event may be over: all of a form can arrive before anybody listens.
    if (part.file.truncated) refuse()
    else part.file.once('limit', refuse)
    part.toBuffer().then(resolve, reject)
  })
}

function tooLarge(): AppError {
  return new AppError('too_large', 'too_large', 'The picture is larger than 5 MB.')
}
