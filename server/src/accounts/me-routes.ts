import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from './sessions/require-user.ts'
import { noContent, problems, ref } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { AccountDeletion, User, UserPatch } from './user-schema.ts'
import { deleteAccount, renameUser, toUser } from './users.ts'

/** `/api/users/me`: the caller's own account. */
export function userRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { publicUrl } = services.config
  const signedIn = requireUser(services)
  const limit = rateLimit(services, { name: 'users', by: 'user', max: 300, windowSeconds: 60 })
  return (app, _options, done) => {
    app.get(
      '/api/users/me',
      {
        onRequest: [signedIn, limit],
        schema: {
          operationId: 'read_me',
          tags: ['users'],
          summary: 'Who am I',
          response: { 200: { ...ref(User), description: 'Your account.' }, ...problems(401) },
        },
      },
      ({ user }) => toUser(user, publicUrl),
    )

    app.patch(
      '/api/users/me',
      {
        onRequest: [signedIn, limit],
        schema: {
          operationId: 'update_me',
          tags: ['users'],
          summary: 'Change my name',
          body: ref(UserPatch),
          response: {
            200: { ...ref(User), description: 'Your account.' },
            ...problems(400, 401, 413, 415, 422),
          },
        },
      },
      async ({ user, body }) =>
        toUser(await renameUser(services, user.id, body.username), publicUrl),
    )

    app.delete(
      '/api/users/me',
      {
        onRequest: [signedIn, limit],
        schema: {
          operationId: 'delete_me',
          tags: ['users'],
          summary: 'Delete my account and everything in it',
          body: ref(AccountDeletion),
          response: {
            ...noContent('Everything is gone.'),
            ...problems(400, 401, 403, 413, 415, 422),
          },
        },
      },
      async ({ user, body }, reply) => {
        await deleteAccount(services, user, body.password)
        return reply.status(204).send(null)
      },
    )
    done()
  }
}
