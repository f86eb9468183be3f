import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { admitToken, appPasswordRefused, isAppPassword } from '../access-keys/admit.ts'
import { looksLikeToken } from '../access-keys/secret.ts'
import type { CachedUser } from '../cached-user.ts'
import { bearerToken, invalidToken } from './bearer.ts'
import type { Credential } from './credential.ts'
import { identify } from './identity.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is calling; set by {@link requireUser}. */
    user: Caller
  }
}

export type Caller = CachedUser & { credential: Credential }

export type SessionUser = CachedUser & { sessionId: string }

/**
 * A hook that lets only logged-in users pass, and programs with an API token where the operation says
 * that it opens to them; `request.user` is who calls. It waits only where something has to be asked: most
 * requests go on at once.
 */
export function requireUser(services: Services) {
  const { tokens } = services
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    const { authorization = '' } = request.headers
    const claims =
      tokens.recall(authorization) ?? tokens.readAccess(bearerToken(request) ?? '', authorization)
    const enter = (user: Caller) => {
      void reply.header('cache-control', 'private, no-cache')
      request.user = user
      done()
    }
    if (!claims) {
      byAccessKey(services, request, reply).then(enter, done)
      return
    }

    const enterSession = (user: CachedUser | undefined) => {
      if (!user) return done(invalidToken(reply))
      services.lastSeen.note(user.id, claims.sid)
      enter({ ...user, credential: { kind: 'session', id: claims.sid } })
    }
    const user = identify(services, claims)
    if (user instanceof Promise) user.then(enterSession, done)
    else enterSession(user)
  }
}

/** The caller of an operation that only sessions open. */
export function inSession({ user }: Pick<FastifyRequest, 'user'>): SessionUser {
  const { credential, ...others } = user
  if (credential.kind !== 'session') {
    throw new Error('An operation of sessions is open to API tokens.')
  }
  return { ...others, sessionId: credential.id }
}

/** The caller that shows an API token in place of a session's. */
async function byAccessKey(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Caller> {
  const token = bearerToken(request)
  if (token !== undefined && looksLikeToken(token)) {
    const { user, keyId } = await admitToken(services, token, request, reply)
    return { ...user, credential: { kind: 'api_token', id: keyId } }
  }
  if (token !== undefined) throw invalidToken(reply)
  if (await isAppPassword(services, request)) throw appPasswordRefused()
  throw new AppError('unauthorized', 'not_authenticated', 'Not authenticated')
}
