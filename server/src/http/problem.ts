import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseAway, isOwnerGone, isStatementTimeout } from '../db/errors.ts'
import { AppError, type FieldError } from '../errors.ts'
import { acceptedTypes, wrongMediaType } from './media-types.ts'
import { statusOf, type ProblemCode } from './problem-codes.ts'

/** An RFC 9457 problem document, with our stable `code` and, in a 422, the refused fields. */
export type ProblemDocument = {
  type: 'about:blank'
  title: string
  status: number
  detail: string
  instance: string
  code: ProblemCode
  errors?: FieldError[]
}

/** Turns whatever was thrown into one AppError; what nobody foresaw becomes undefined. */
function toAppError(error: unknown, request: FastifyRequest): AppError | undefined {
  if (error instanceof AppError) return error
  if (isDatabaseAway(error)) {
    return new AppError(
      'unavailable',
      'database_away',
      'The database does not answer. Try again soon.',
      {
        retryAfterSeconds: 5,
        cause: error,
      },
    )
  }
  if (isStatementTimeout(error)) {
    return new AppError('unavailable', 'too_slow', 'This took too long and was stopped.', {
      retryAfterSeconds: 5,
      cause: error,
    })
  }
  if (isOwnerGone(error)) {
    return new AppError('unauthorized', 'invalid_token', 'Could not validate credentials')
  }
  const isFastifys = error instanceof Error && 'code' in error
  return isFastifys ? fromFastify(error as FastifyError, request) : undefined
}

/** Fastify's own refusals, in our words. */
function fromFastify(error: FastifyError, request: FastifyRequest): AppError | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return wrongMediaType(acceptedTypes(request.routeOptions.schema))
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return new AppError('too_large', 'too_large', 'The request body is too large.')
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_ASYNC_CONSTRAINT':
      return new AppError('malformed', 'malformed_request', 'The request could not be read.')
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new AppError('not_found', 'not_found', 'There is nothing at this path.')
    default:
      return error.statusCode && error.statusCode < 500
        ? new AppError('malformed', 'malformed_request', 'The request could not be read.')
        : undefined
  }
}

/** An outage is logged once, where it is noticed, and not by each request that meets it. */
function noteFailure(error: unknown, known: AppError | undefined, { id, log }: FastifyRequest) {
  if (!known) log.error({ id, err: error }, 'request failed')
  else {
    const level = known.kind === 'unavailable' ? 'debug' : 'warn'
    log[level]({ id, err: known.cause ?? known }, known.code)
  }
}

/** The one place where an error becomes an answer. Never a stack, SQL or a library's words. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = problemFor(error, request, reply)
  return reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem)
}

/** What to answer to an error, whose own headers the reply has afterwards; it is noted if need be. */
export function problemFor(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): ProblemDocument {
  const known = toAppError(error, request)
  const status = known ? statusOf[known.kind] : 500
  if (status >= 500) noteFailure(error, known, request)
  if (known?.kind === 'unauthorized' && !reply.hasHeader('www-authenticate')) {
    void reply.header('www-authenticate', 'Bearer')
  }
  // A stream that failed before its first octet was to be compressed; this is not.
  void reply.removeHeader('content-encoding')
  if (known?.kind === 'too_large') readOn(request, reply)
  if (known?.retryAfterSeconds) void reply.header('retry-after', known.retryAfterSeconds)
  return problemDocument(known, request.id)
}

/**
 * The document of an error; undefined is one that nobody foresaw.
 * @param instance the id of the request
 */
export function problemDocument(error: AppError | undefined, instance: string): ProblemDocument {
  const status = error ? statusOf[error.kind] : 500
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: error?.message ?? 'Something went wrong on our side. It was noted.',
    instance,
    code: error?.code ?? 'internal_error',
    ...(error?.errors && { errors: error.errors }),
  }
}

/**
 * Passes over the rest of a body that is too large, for as long as a request may take. Were the
 * connection closed at once, as Fastify would, many clients would find it broken while they still
 * write, and never read why.
 */
function readOn({ raw }: FastifyRequest, reply: FastifyReply) {
  void reply.removeHeader('connection')
  raw.resume()
}
