import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { AppError, invalidField } from '../errors.ts'

/** Of an uploaded file, in bytes. */
export const maxUploadSize = 5 * 1024 * 1024
// Whoever is cut off while still sending never reads our answer, so this long we let it run on.
const patienceMs = 5_000

/** For @fastify/multipart: one part and no more, a file whether or not it has a name. */
export const uploadOptions = {
  limits: { fileSize: maxUploadSize, files: 1, fields: 0, parts: 1 },
  isPartAFile: () => true,
}

/**
 * The content of the one file that the form holds, in a field named `file`. What the client calls
 * that file, and its type, is ignored.
 * @throws AppError `unsupported` for anything but a form, `malformed` for a broken one, `too_large`,
 *   or `invalid` when it holds something else
 */
export async function readUpload(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) {
    throw new AppError(
      'unsupported',
      'unsupported_media_type',
      'Send the picture as multipart/form-data.',
    )
  }
  let bytes: Buffer | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type !== 'file') continue
      const content = await contentOf(part, request)
      if (part.fieldname === 'file') bytes = content
    }
  } catch (error) {
    throw refusalOf(error)
  }
  if (!bytes) throw invalidField('/file', 'is required.')
  return bytes
}

/** Answers as soon as the file is too large; the rest of it is read and forgotten meanwhile. */
function contentOf(part: MultipartFile, request: FastifyRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const refuse = () => {
      const timer = setTimeout(() => request.raw.destroy(), patienceMs).unref()
      request.raw.once('close', () => clearTimeout(timer))
      reject(new AppError('too_large', 'too_large', 'The picture is larger than 5 MB.'))
    }
    // The event may be over: all of a form can arrive before anybody listens.
    if (part.file.truncated) refuse()
    else part.file.once('limit', refuse)
    part.toBuffer().then(resolve, reject)
  })
}

function refusalOf(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'FST_PARTS_LIMIT':
    case 'FST_FILES_LIMIT':
    case 'FST_FIELDS_LIMIT':
      return invalidField('/file', 'must be all that the form holds.')
    default:
      return new AppError('malformed', 'malformed_multipart', 'The form could not be read.')
  }
}
