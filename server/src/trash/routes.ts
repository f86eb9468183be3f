import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { apiAuthor } from '../contacts/api-author.ts'
import { etagOf } from '../contacts/etag.ts'
import { cursorAfter, readPageOf } from '../contacts/page.ts'
import { presentSimple, presentContact } from '../contacts/present.ts'
import { timeOrder } from '../contacts/store/order.ts'
import { nextLink } from '../http/page-links.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import {
  emptyTrashOperation,
  listTrashOperation,
  purgeContactOperation,
  restoreContactOperation,
} from './operations.ts'
import { countTrash, listTrash } from './queries.ts'
import { emptyTrash, purgeContact, restoreContact } from './trash.ts'

const path = '/api/trash'
const newestFirst = { ...timeOrder('deleted_at'), name: 'deleted_at', descending: true }

/** `/api/trash`: the contacts that the caller has deleted in the last 30 days. */
export function trashRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const limit = rateLimit(services, { name: 'contacts', by: 'user', ...config.limits.contacts })
  const onRequest = [requireUser(services), limit]

  return (app, _options, done) => {
    app.get(path, { onRequest, schema: listTrashOperation }, async ({ user, query }, reply) => {
      const page = readPageOf(newestFirst, query)
      const rows = await listTrash(database.read, user.id, page)
      void reply.header(
        'x-total-count',
        rows[0]?.total ?? (await countTrash(database.read, user.id)),
      )
      const shown = rows.slice(0, page.limit)
      const last = shown.at(-1)
      if (last && rows.length > shown.length) {
        const cursor = cursorAfter(last, page.order)
        void reply.header('link', nextLink(path, query, cursor))
      }
      return shown.map((row) => {
        const { deleted_at, merged_into } = row
        return { ...presentSimple(row), deleted_at, merged_into }
      })
    })

    app.delete(path, { onRequest, schema: emptyTrashOperation }, async (request, reply) => {
      await emptyTrash(database, apiAuthor(request))
      return reply.status(204).send(null)
    })

    app.post(
      `${path}/:id/restore`,
      { onRequest, schema: restoreContactOperation },
      async (request, reply) => {
        const row = await restoreContact(database, apiAuthor(request), request.params.id)
        void reply.header('etag', etagOf(row))
        return presentContact(row)
      },
    )

    app.delete(
      `${path}/:id`,
      { onRequest, schema: purgeContactOperation },
      async (request, reply) => {
        await purgeContact(database, apiAuthor(request), request.params.id)
        return reply.status(204).send(null)
      },
    )
    done()
  }
}
