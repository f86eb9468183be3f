import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../errors.ts'
import type { ProblemCode } from './problem-codes.ts'
import { newRequestId } from './request-id.ts'
import { forData } from './security-headers.ts'

type Refusal = { status: string; code: ProblemCode; detail: string }

const answers: Record<string, Refusal> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'headers_too_large',
    detail: 'The request headers are too large.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    code: 'too_slow',
    detail: 'The request took too long to arrive.',
  },
}
const malformed = {
  status: '400 Bad Request',
  code: 'malformed_request',
  detail: 'The request could not be read.',
} satisfies Refusal

const headLines = Object.entries({ 'content-type': 'application/problem+json', ...forData })
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('')

/** Refuses a request that names no host (RFC 9112, 3.2); HTTP/1.0 had none. */
export function requireHost(app: FastifyInstance) {
  app.addHook('onRequest', ({ headers, raw }, _reply, next) => {
    if (headers.host !== undefined || raw.httpVersion === '1.0') return next()
    next(new AppError('malformed', malformed.code, malformed.detail))
  })
}

/** Answers bytes that are no HTTP request, before there is a request to answer. */
export function refuseBrokenRequest(error: { code?: string }, socket: Socket) {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, code, detail } = answers[error.code ?? ''] ?? malformed
  const [number, ...words] = status.split(' ')
  const body = JSON.stringify({
    type: 'about:blank',
    title: words.join(' '),
    status: Number(number),
    detail,
    instance: newRequestId(),
    code,
  })
  socket.end(
    `HTTP/1.1 ${status}\r\n${headLines}` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}
