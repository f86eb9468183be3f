import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { apiAuthor } from '../contacts/api-author.ts'
import { cursorAfter, readPageOf } from '../contacts/page.ts'
import { timeOrder } from '../contacts/store/order.ts'
import { nextLink } from '../http/page-links.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { countMerges, listMerges } from './list-merges.ts'
import { mergeContacts, previewMerge } from './merge.ts'
import { listMergesOperation, mergeContactsOperation, undoMergeOperation } from './operations.ts'
import { presentMerge } from './present-merge.ts'
import { undoMerge } from './undo.ts'

const path = '/api/merges'
const newestFirst = { ...timeOrder('created_at'), name: 'merged_at', descending: true }
// JSON may write a text of 1 MiB longer.
const wholeBody = 4 * 1024 * 1024

/** Merging contacts into one, and undoing it. */
export function mergeRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const limit = rateLimit(services, { name: 'contacts', by: 'user', ...config.limits.contacts })
  const onRequest = [requireUser(services), limit]

  return (app, _options, done) => {
    app.post(
      '/api/contacts/merge',
      { onRequest, bodyLimit: wholeBody, schema: mergeContactsOperation },
      (request) => {
        const { body, query, headers, user } = request
        if (query.dry_run) return previewMerge(database, user.id, body)
        return mergeContacts(database, apiAuthor(request), body, headers['idempotency-key'])
      },
    )

    app.get(path, { onRequest, schema: listMergesOperation }, async ({ user, query }, reply) => {
      const page = readPageOf(newestFirst, query)
      const rows = await listMerges(database.read, user.id, page)
      const shown = rows.slice(0, page.limit)
      const last = shown.at(-1)
      if (last && rows.length > shown.length) {
        void reply.header('link', nextLink(path, query, cursorAfter(last, page.order)))
      }
      void reply.header(
        'x-total-count',
        rows[0]?.total ?? (await countMerges(database.read, user.id)),
      )
      return shown.map(presentMerge)
    })

    app.post(`${path}/:id/undo`, { onRequest, schema: undoMergeOperation }, (request) =>
      undoMerge(database, apiAuthor(request), request.params.id, request.query),
    )
    done()
  }
}
