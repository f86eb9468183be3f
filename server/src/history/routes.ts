import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { apiAuthor } from '../contacts/api-author.ts'
import { etagOf } from '../contacts/etag.ts'
import { cursorAfter, readPageOf } from '../contacts/page.ts'
import { presentContact } from '../contacts/present.ts'
import type { Order } from '../contacts/store/order.ts'
import { nextLink } from '../http/page-links.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { readHistory, revertContact } from './history.ts'
import { readHistoryOperation, revertContactOperation } from './operations.ts'

const newestFirst: Order = {
  name: 'revision',
  column: 'modseq',
  type: '::bigint',
  isTime: false,
  descending: true,
  isKey: (text) => /^\d{1,15}$/.test(text),
}

/** `/api/contacts/{id}/history`: the revisions of a contact, and going back to one. */
export function historyRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const limit = rateLimit(services, { name: 'contacts', by: 'user', ...config.limits.contacts })
  const onRequest = [requireUser(services), limit]

  return (app, _options, done) => {
    app.get(
      '/api/contacts/:id/history',
      { onRequest, schema: readHistoryOperation },
      async ({ user, params, query }, reply) => {
        const { after, limit, order } = readPageOf(newestFirst, query)
        const below = after && Number(after.key)
        const revisions = await readHistory(database, user.id, params.id, below, limit)
        const shown = revisions.slice(0, limit)
        const last = shown.at(-1)
        if (last && revisions.length > limit) {
          const cursor = cursorAfter({ id: params.id, place: String(last.revision) }, order)
          const path = `/api/contacts/${params.id}/history`
          void reply.header('link', nextLink(path, query, cursor))
        }
        return shown
      },
    )

    app.post(
      '/api/contacts/:id/history/:revision/restore',
      { onRequest, schema: revertContactOperation },
      async (request, reply) => {
        const { id, revision } = request.params
        const row = await revertContact(database, apiAuthor(request), id, revision)
        void reply.header('etag', etagOf(row))
        return presentContact(row)
      },
    )
    done()
  }
}
