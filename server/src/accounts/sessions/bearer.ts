import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../errors.ts'

/** The token of `Authorization: Bearer …` (RFC 6750, 2.1). */
export function bearerToken(request: FastifyRequest): string | undefined {
  return /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** The refusal of a token that is wrong, old or revoked (RFC 6750, 3.1). */
export function invalidToken(reply: FastifyReply): AppError {
  void reply.header('www-authenticate', 'Bearer error="invalid_token"')
  return new AppError('unauthorized', 'invalid_token', 'Could not validate credentials')
}
