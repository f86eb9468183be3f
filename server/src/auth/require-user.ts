import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import type { CachedUser } from '../users/cached-user.ts'
import { identify } from './identity.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is calling; set by {@link requireUser}. */
    user: CachedUser & { sessionId: string }
  }
}

/** The token of `Authorization: Bearer …` (RFC 6750, 2.1). */
export function bearerToken(request: FastifyRequest): string | undefined {
  return /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** A hook that lets only logged-in users pass, and says who they are as `request.user`. */
export function requireUser(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const token = bearerToken(request)
    if (token === undefined)
      throw new AppError('unauthorized', 'not_authenticated', 'Not authenticated')
    const claims = services.tokens.readAccess(token)
    const user = claims && (await identify(services, claims))
    if (!user) throw invalidToken(reply)
    void reply.header('cache-control', 'private, no-cache')
    request.user = { ...user, sessionId: claims.sid }
    services.lastSeen.note(user.id, claims.sid)
  }
}

/** The refusal of a token that is wrong, old or revoked (RFC 6750, 3.1). */
export function invalidToken(reply: FastifyReply): AppError {
  void reply.header('www-authenticate', 'Bearer error="invalid_token"')
  return new AppError('unauthorized', 'invalid_token', 'Could not validate credentials')
}
