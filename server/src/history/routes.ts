import type { Order } from '../contacts/store/order.ts'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { apiAuthor } from '../contacts/api-author.ts'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { cursorAfter, readPageOf } from '../contacts/page.ts'
import { ContactPath, PartQuery, RevisionPath } from '../contacts/request-schema.ts'
import { Revision, ContactAnswer } from '../contacts/schema.ts'
import { presentContact } from '../contacts/present.ts'
import { etagOf } from '../contacts/etag.ts'
import { nextLink } from '../http/page-links.ts'
import { problems, ref } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { readHistory, revertContact } from './history.ts'

const newestFirst: Order = {
  name: 'revision',
  column: 'modseq',
  type: '::bigint',
  isTime: false,
  descending: true,
  isKey: (text) => /^\d{1,15}$/.test(text),
}

/** `/api/contacts/{id}/history`: what a contact was, and the way back. */
export function historyRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const limit = rateLimit(services, { name: 'contacts', by: 'user', ...config.limits.contacts })
  const onRequest = [requireUser(services), limit]

  return (app, _options, done) => {
    app.get(
      '/api/contacts/:id/history',
      {
        onRequest,
        schema: {
          operationId: 'read_history',
          tags: ['contacts'],
          summary: 'Read the history of a contact',
          params: ContactPath,
          querystring: PartQuery,
          response: {
            200: {
              ...Type.Array(ref(Revision)),
              description: 'The newest first; the last one is its creation.',
              headers: {
                Link: {
                  type: 'string',
                  description: 'The next page, as rel="next"; absent on the last.',
                },
              },
            },
            ...problems(401, 404, 422),
          },
        },
      },
      async ({ user, params, query }, reply) => {
        const { after, limit, order } = readPageOf(newestFirst, query)
        const below = after && Number(after.key)
        const revisions = await readHistory(database, user.id, params.id, below, limit)
        const shown = revisions.slice(0, limit)
        const last = shown.at(-1)
        if (last && revisions.length > limit) {
          const cursor = cursorAfter({ id: params.id, place: String(last.revision) }, order)
          const path = `/api/contacts/${params.id}/history`
          void reply.header('link', nextLink(config.publicUrl, path, query, cursor))
        }
        return shown
      },
    )

    app.post(
      '/api/contacts/:id/history/:revision/restore',
      {
        onRequest,
        schema: {
          operationId: 'revert_contact',
          tags: ['contacts'],
          summary: 'Bring a contact back to what it was after a revision',
          description: 'The way back is a revision of its own, so that nothing is lost.',
          params: RevisionPath,
          response: {
            200: {
              ...ref(ContactAnswer),
              description: 'The contact as it is now.',
              headers: { ETag: { type: 'string', description: 'For If-Match.' } },
            },
            ...problems(401, 404, 409, 422),
          },
        },
      },
      async (request, reply) => {
        const row = await revertContact(
          database,
          apiAuthor(request),
          request.params.id,
          request.params.revision,
        )
        void reply.header('etag', etagOf(row))
        return presentContact(row)
      },
    )
    done()
  }
}
