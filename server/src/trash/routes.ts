import { timeOrder } from '../contacts/store/order.ts'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { apiAuthor } from '../contacts/api-author.ts'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { cursorAfter, readPageOf } from '../contacts/page.ts'
import { ContactPath, PartQuery } from '../contacts/request-schema.ts'
import { TrashedContact, ContactAnswer } from '../contacts/schema.ts'
import { presentSimple, presentContact } from '../contacts/present.ts'
import { etagOf } from '../contacts/etag.ts'
import { nextLink } from '../http/page-links.ts'
import { noContent, problems, ref } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { countTrash, listTrash } from './queries.ts'
import { emptyTrash, purgeContact, restoreContact } from './trash.ts'

const path = '/api/trash'
const newestFirst = { ...timeOrder('deleted_at'), name: 'deleted_at', descending: true }

/** `/api/trash`: what the caller has deleted in the last 30 days. */
export function trashRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const limit = rateLimit(services, { name: 'contacts', by: 'user', ...config.limits.contacts })
  const onRequest = [requireUser(services), limit]

  return (app, _options, done) => {
    app.get(
      path,
      {
        onRequest,
        schema: {
          operationId: 'list_trash',
          tags: ['contacts'],
          summary: 'List the contacts in the trash',
          querystring: PartQuery,
          response: {
            200: {
              ...Type.Array(ref(TrashedContact)),
              description: 'Those that were deleted last come first.',
              headers: {
                'X-Total-Count': { type: 'integer', description: 'How many are in the trash.' },
                Link: {
                  type: 'string',
                  description: 'The next page, as rel="next"; absent on the last.',
                },
              },
            },
            ...problems(401, 422),
          },
        },
      },
      async ({ user, query }, reply) => {
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
          void reply.header('link', nextLink(config.publicUrl, path, query, cursor))
        }
        return shown.map((row) => ({ ...presentSimple(row), deleted_at: row.deleted_at }))
      },
    )

    app.delete(
      path,
      {
        onRequest,
        schema: {
          operationId: 'empty_trash',
          tags: ['contacts'],
          summary: 'Delete everything in the trash for good',
          response: { ...noContent('All of it is gone.'), ...problems(401) },
        },
      },
      async ({ user }, reply) => {
        await emptyTrash(database, user.id)
        return reply.status(204).send(null)
      },
    )

    app.post(
      `${path}/:id/restore`,
      {
        onRequest,
        schema: {
          operationId: 'restore_contact',
          tags: ['contacts'],
          summary: 'Bring a contact back from the trash',
          description:
            'As it was. Where another contact has the UID of its vCard by now, it gets one of its ' +
            'own; labels that were deleted together with it come back.',
          params: ContactPath,
          response: {
            200: {
              ...ref(ContactAnswer),
              description: 'The contact, with the id it had.',
              headers: { ETag: { type: 'string', description: 'For If-Match.' } },
            },
            ...problems(401, 404, 409, 422),
          },
        },
      },
      async (request, reply) => {
        const row = await restoreContact(database, apiAuthor(request), request.params.id)
        void reply.header('etag', etagOf(row))
        return presentContact(row)
      },
    )

    app.delete(
      `${path}/:id`,
      {
        onRequest,
        schema: {
          operationId: 'purge_contact',
          tags: ['contacts'],
          summary: 'Delete a contact in the trash for good',
          params: ContactPath,
          response: { ...noContent('It is gone, with its history.'), ...problems(401, 404, 422) },
        },
      },
      async ({ user, params }, reply) => {
        await purgeContact(database, user.id, params.id)
        return reply.status(204).send(null)
      },
    )
    done()
  }
}
