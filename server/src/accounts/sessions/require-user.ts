import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import type { CachedUser } from '../cached-user.ts'
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

/**
 * A hook that lets only logged-in users pass, and says who they are as `request.user`. It waits only
 * where something has to be asked: most requests go on at once.
 */
export function requireUser(services: Services) {
  const { tokens } = services
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    const { authorization = '' } = request.headers
    const claims =
      tokens.recall(authorization) ?? tokens.readAccess(bearerToken(request) ?? '', authorization)
    if (!claims) return done(refusalOf(request, reply))

    const enter = (user: CachedUser | undefined) => {
      if (!user) return done(invalidToken(reply))
      void reply.header('cache-control', 'private, no-cache')
      request.user = { ...user, sessionId: claims.sid }
      services.lastSeen.note(user.id, claims.sid)
      done()
    }
    const user = identify(services, claims)
    if (user instanceof Promise) user.then(enter, done)
    else enter(user)
  }
}

function refusalOf(request: FastifyRequest, reply: FastifyReply): AppError {
  return bearerToken(request) === undefined
    ? new AppError('unauthorized', 'not_authenticated', 'Not authenticated')
    : invalidToken(reply)
}

/** The refusal of a token that is wrong, old or revoked (RFC 6750, 3.1). */
export function invalidToken(reply: FastifyReply): AppError {
  void reply.header('www-authenticate', 'Bearer error="invalid_token"')
  return new AppError('unauthorized', 'invalid_token', 'Could not validate credentials')
}
