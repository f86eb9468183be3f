import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { rateLimit } from '../../limits/rate-limit.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { inSession, requireUser } from '../sessions/require-user.ts'
import { requestEmailChange } from './email-change.ts'
import { changeEmailOperation, emailChangeRequested } from './operations.ts'

/** `/api/users/me/email`: asking for another address. */
export function emailChangeRoutes(services: Services): FastifyPluginCallbackTypebox {
  const limit = rateLimit(services, {
    name: 'change-email',
    by: 'user',
    max: 10,
    windowSeconds: 3600,
  })
  return (app, _options, done) => {
    app.post(
      '/api/users/me/email',
      { onRequest: [requireUser(services), limit], schema: changeEmailOperation },
      async (request, reply) => {
        await requestEmailChange(services, inSession(request), request.body, clientOf(request))
        return reply.status(202).send({ message: emailChangeRequested })
      },
    )
    done()
  }
}
