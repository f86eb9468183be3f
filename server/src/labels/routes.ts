import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { apiAuthor } from '../contacts/api-author.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { changeLabel, createLabel, removeLabel } from './labels.ts'
import { changeMembers } from './membership.ts'
import {
  changeLabelContactsOperation,
  createLabelOperation,
  deleteLabelOperation,
  listLabelsOperation,
  patchLabelOperation,
} from './operations.ts'
import { listLabels } from './queries.ts'

/** `/api/labels`: the caller's own labels. */
export function labelRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const signedIn = requireUser(services)
  const limit = rateLimit(services, { name: 'labels', by: 'user', ...config.limits.contacts })
  // A single one of these requests may change tens of thousands of contacts.
  const many = { name: 'labels-many', by: 'user', max: 60, windowSeconds: 60 } as const
  const limitMany = rateLimit(services, many)

  return (app, _options, done) => {
    app.get(
      '/api/labels',
      { onRequest: [signedIn, limit], schema: listLabelsOperation },
      (request) => listLabels(database.read, request.user.id),
    )

    app.post(
      '/api/labels',
      { onRequest: [signedIn, limit], schema: createLabelOperation },
      async (request, reply) => {
        const label = await createLabel(database, apiAuthor(request), request.body)
        return reply.status(201).send(label)
      },
    )

    app.patch(
      '/api/labels/:id',
      { onRequest: [signedIn, limitMany], schema: patchLabelOperation },
      (request) => changeLabel(services, apiAuthor(request), request.params.id, request.body),
    )

    app.delete(
      '/api/labels/:id',
      { onRequest: [signedIn, limitMany], schema: deleteLabelOperation },
      async (request, reply) => {
        const trashesContacts = request.query.contacts === 'trash'
        await removeLabel(services, apiAuthor(request), request.params.id, trashesContacts)
        return reply.status(204).send(null)
      },
    )

    app.post(
      '/api/labels/:id/contacts',
      { onRequest: [signedIn, limitMany], schema: changeLabelContactsOperation },
      (request) => changeMembers(database, apiAuthor(request), request.params.id, request.body),
    )
    done()
  }
}
