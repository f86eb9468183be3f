import type { FastifyRequest } from 'fastify'
import { AppError, invalidField } from '../errors.ts'

// Whoever is cut off while still sending never reads our answer, so this long we let it run on.
const patienceMs = 5_000

/**
 * For @fastify/multipart: one part and no more, a file whether or not it has a name.
 * @param fileSize in octets
 */
export function oneFile(fileSize: number) {
  return {
    limits: { fileSize, files: 1, fields: 0, parts: 1 },
    isPartAFile: () => true,
  }
}

/** Ends a request that is still being sent, once its sender has had the time to read our answer. */
export function endLater({ raw }: FastifyRequest) {
  const timer = setTimeout(() => raw.destroy(), patienceMs).unref()
  raw.once('close', () => clearTimeout(timer))
}

/** Turns errors of @fastify/multipart into ours; an error of ours stays as it is. */
export function refusalOf(error: unknown, tooLarge: AppError): AppError {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'FST_PARTS_LIMIT':
    case 'FST_FILES_LIMIT':
    case 'FST_FIELDS_LIMIT':
      return invalidField('/file', 'must be all that the form holds.')
    case 'FST_REQ_FILE_TOO_LARGE':
      return tooLarge
    default:
      return new AppError('malformed', 'malformed_multipart', 'The form could not be read.')
  }
}
