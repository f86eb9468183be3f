import formbody from '@fastify/formbody'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SessionRow } from '../../db/tables.ts'
import { AppError, invalidField } from '../../errors.ts'
import { wrongMediaType } from '../../http/media-types.ts'
import { rateLimit } from '../../limits/rate-limit.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { LoginRequest, type Session } from '../schema.ts'
import { bearerToken, invalidToken } from './bearer.ts'
import {
  endSessionOperation,
  listSessionsOperation,
  logInOperation,
  logOutOperation,
  refreshTokenGetOperation,
  refreshTokenPostOperation,
} from './operations.ts'
import { listSessions } from './queries.ts'
import { inSession, requireUser } from './require-user.ts'
import { endSessions, logIn, refresh } from './sessions.ts'

const formType = 'application/x-www-form-urlencoded'
const loginTypes = [formType, 'application/json']

/** Logging in, staying logged in, and logging out. */
export function sessionRoutes(services: Services): FastifyPluginAsyncTypebox {
  const signedIn = requireUser(services)
  const limit = (name: string, by: 'user' | 'address', max: number) =>
    rateLimit(services, { name, by, max, windowSeconds: 60 })
  const loginLimit = limit('login', 'address', 30)
  const refreshLimit = limit('refresh', 'address', 120)
  const onRequest = [signedIn, limit('sessions', 'user', 300)]

  async function sendRefreshed(request: FastifyRequest, reply: FastifyReply) {
    const claims = services.tokens.readRefresh(bearerToken(request) ?? '')
    const refreshed = claims && (await refresh(services, claims, clientOf(request), null))
    if (!refreshed) throw invalidToken(reply)
    void reply.header('cache-control', 'no-store')
    return refreshed.pair
  }

  return async (app) => {
    // Parsing many thousands of form fields would block the event loop.
    await app.register(formbody, { bodyLimit: 16 * 1024 })
    app.post(
      '/api/auth/login',
      {
        preValidation: [refuseOtherTypes, readLoginForm],
        preHandler: loginLimit,
        config: { sendsTokens: true },
        schema: logInOperation,
      },
      async (request, reply) => {
        const { username, email = username ?? '', password } = request.body as LoginRequest
        void reply.header('cache-control', 'no-store')
        return logIn(services, { email, password }, clientOf(request))
      },
    )

    app.get(
      '/api/auth/refresh_token',
      {
        exposeHeadRoute: false,
        onRequest: refreshLimit,
        config: { sendsTokens: true },
        schema: refreshTokenGetOperation,
      },
      sendRefreshed,
    )

    app.post(
      '/api/auth/refresh_token',
      {
        onRequest: refreshLimit,
        config: { sendsTokens: true },
        schema: refreshTokenPostOperation,
      },
      sendRefreshed,
    )

    app.post('/api/auth/logout', { onRequest, schema: logOutOperation }, async (request, reply) => {
      const { query } = request
      const user = inSession(request)
      const ending = { as: 'logged_out', ...(!query.all && { only: user.sessionId }) } as const
      await endSessions(services, user.id, ending, clientOf(request))
      return reply.status(204).send(null)
    })

    app.get('/api/auth/sessions', { onRequest, schema: listSessionsOperation }, async (request) => {
      const { id, sessionId } = inSession(request)
      await services.lastSeen.flush(id)
      const rows = await listSessions(services.db, id)
      return rows.map((row) => presentSession(row, sessionId))
    })

    app.delete(
      '/api/auth/sessions/:id',
      { onRequest, schema: endSessionOperation },
      async (request, reply) => {
        const { user, params } = request
        const ending = { as: 'session_ended', only: params.id } as const
        const ended = await endSessions(services, user.id, ending, clientOf(request))
        if (ended === 0) throw new AppError('not_found', 'not_found', 'There is no such session.')
        return reply.status(204).send(null)
      },
    )
  }
}

/** Refuses the content types that the schema does not list: Fastify would not validate their bodies. */
function refuseOtherTypes(
  { mediaType }: FastifyRequest,
  _reply: FastifyReply,
  done: (error?: Error) => void,
): void {
  if (mediaType === undefined) return done(invalidField('', 'must be object.'))
  if (loginTypes.includes(mediaType)) return done()
  done(wrongMediaType(loginTypes))
}

/** Drops what is unknown in a form: RFC 6749, 3.2, has it ignored. */
function readLoginForm(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: (error?: Error) => void,
): void {
  if (request.mediaType !== formType) return done()
  const fields = Object.entries(request.body ?? {})
  request.body = Object.fromEntries(
    fields.filter(([name]) => Object.hasOwn(LoginRequest.properties, name)),
  )
  const isNamed = fields.some(([name]) => name === 'username' || name === 'email')
  done(isNamed ? undefined : invalidField('/username', 'is required.'))
}

function presentSession(row: SessionRow, currentId: string): Session {
  return {
    id: row.id,
    device: row.user_agent,
    address: row.ip,
    created_at: row.created_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
    current: row.id === currentId,
  }
}
