import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { deleteMeOperation, readMeOperation, updateMeOperation } from './operations.ts'
import { requireUser } from './sessions/require-user.ts'
import { deleteAccount, renameUser, toUser } from './users.ts'

/** `/api/users/me`: the caller's own account. */
export function userRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { publicUrl } = services.config
  const signedIn = requireUser(services)
  const limit = rateLimit(services, { name: 'users', by: 'user', max: 300, windowSeconds: 60 })
  return (app, _options, done) => {
    app.get(
      '/api/users/me',
      { onRequest: [signedIn, limit], schema: readMeOperation },
      ({ user }) => toUser(user, publicUrl),
    )

    app.patch(
      '/api/users/me',
      { onRequest: [signedIn, limit], schema: updateMeOperation },
      async ({ user, body }) =>
        toUser(await renameUser(services, user.id, body.username), publicUrl),
    )

    app.delete(
      '/api/users/me',
      { onRequest: [signedIn, limit], schema: deleteMeOperation },
      async ({ user, body }, reply) => {
        await deleteAccount(services, user, body.password)
        return reply.status(204).send(null)
      },
    )
    done()
  }
}
