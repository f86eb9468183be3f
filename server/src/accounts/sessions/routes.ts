import formbody from '@fastify/formbody'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { AppError, invalidField } from '../../errors.ts'
import { idPath, noContent, problems, ref } from '../../http/schemas.ts'
import { rateLimit } from '../../limits/rate-limit.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { listSessions } from '../queries.ts'
import { bearerToken, invalidToken, requireUser } from './require-user.ts'
import { Login, LoginForm, Session, TokenPair } from '../schema.ts'
import { endSessions, logIn, refresh } from './sessions.ts'

const loginTypes = ['application/x-www-form-urlencoded', 'application/json']

/** Logging in, staying logged in, and logging out. */
export function sessionRoutes(services: Services): FastifyPluginAsyncTypebox {
  const signedIn = requireUser(services)
  const byUser = rateLimit(services, { name: 'sessions', by: 'user', max: 300, windowSeconds: 60 })
  const refreshLimit = rateLimit(services, {
    name: 'refresh',
    by: 'address',
    max: 120,
    windowSeconds: 60,
  })

  async function sendRefreshed(request: FastifyRequest, reply: FastifyReply) {
    const claims = services.tokens.readRefresh(bearerToken(request) ?? '')
    const pair = claims && (await refresh(services, claims, clientOf(request)))
    if (!pair) throw invalidToken(reply)
    void reply.header('cache-control', 'no-store')
    return pair
  }

  return async (app) => {
    // Parsing many thousands of form fields would hold everybody up.
    await app.register(formbody, { bodyLimit: 16 * 1024 })
    app.post(
      '/api/auth/login',
      {
        preValidation: (request, _reply, done) => done(refusalOf(request)),
        preHandler: rateLimit(services, {
          name: 'login',
          by: 'address',
          max: 30,
          windowSeconds: 60,
        }),
        schema: {
          operationId: 'login',
          tags: ['auth'],
          security: [],
          summary: 'Log in',
          description:
            'By the password form of OAuth 2.0 (`username` is the e-mail address), or by JSON.',
          body: {
            content: {
              'application/x-www-form-urlencoded': { schema: ref(LoginForm) },
              'application/json': { schema: ref(Login) },
            },
          },
          response: {
            200: { ...ref(TokenPair), description: 'A new session.' },
            ...problems(400, 401, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const body = request.body as LoginForm | Login
        const email = 'username' in body ? body.username : body.email
        void reply.header('cache-control', 'no-store')
        return logIn(services, { email, password: body.password }, clientOf(request))
      },
    )

    for (const method of ['GET', 'POST'] as const) {
      app.route({
        method,
        url: '/api/auth/refresh_token',
        exposeHeadRoute: false,
        onRequest: refreshLimit,
        schema: {
          operationId: `refresh_token_${method.toLowerCase()}`,
          tags: ['auth'],
          summary: 'Exchange a refresh token for a new pair',
          description: 'The refresh token is the bearer token of this call. Each may be used once.',
          security: [{ bearer: [] }],
          response: { 200: { ...ref(TokenPair), description: 'A new pair.' }, ...problems(401) },
        },
        handler: sendRefreshed,
      })
    }

    app.post(
      '/api/auth/logout',
      {
        onRequest: [signedIn, byUser],
        schema: {
          operationId: 'logout',
          tags: ['auth'],
          summary: 'End this session, or every session',
          querystring: Type.Object(
            { all: Type.Boolean({ default: false, description: 'Every session of the account.' }) },
            { additionalProperties: false },
          ),
          response: {
            ...noContent('Logged out; its tokens are dead at once.'),
            ...problems(401, 422),
          },
        },
      },
      async (request, reply) => {
        const { user, query } = request
        const ending = { as: 'logged_out', ...(!query.all && { only: user.sessionId }) } as const
        await endSessions(services, user.id, ending, clientOf(request))
        return reply.status(204).send(null)
      },
    )

    app.get(
      '/api/auth/sessions',
      {
        onRequest: [signedIn, byUser],
        schema: {
          operationId: 'list_sessions',
          tags: ['auth'],
          summary: 'List the devices that are logged in',
          response: {
            200: { ...Type.Array(ref(Session)), description: 'Last used first.' },
            ...problems(401),
          },
        },
      },
      async ({ user }) => {
        await services.lastSeen.flush()
        const rows = await listSessions(services.db, user.id)
        return rows.map((row) => ({
          id: row.id,
          device: row.user_agent,
          address: row.ip,
          created_at: row.created_at.toISOString(),
          last_seen_at: row.last_seen_at.toISOString(),
          current: row.id === user.sessionId,
        }))
      },
    )

    app.delete(
      '/api/auth/sessions/:id',
      {
        onRequest: [signedIn, byUser],
        schema: {
          operationId: 'end_session',
          tags: ['auth'],
          summary: 'Log a device out',
          params: idPath('the session'),
          response: {
            ...noContent('Ended; its tokens are dead at once.'),
            ...problems(401, 404, 422),
          },
        },
      },
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

/** Where a schema goes by content type, Fastify lets what it does not list pass unchecked. */
function refusalOf({ mediaType }: FastifyRequest): AppError | undefined {
  if (mediaType === undefined) return invalidField('', 'must be object.')
  if (loginTypes.includes(mediaType)) return undefined
  const detail = `Log in by ${loginTypes.join(' or ')}.`
  return new AppError('unsupported', 'unsupported_media_type', detail)
}
