import { etagOf } from './etag.ts'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { apiAuthor } from './api-author.ts'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { isFresh } from '../http/etag.ts'
import { noContent, problems, ref } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { ContactPatch, ContactReplacement } from './body-schema.ts'
import { contactNotFound } from './change.ts'
import { patchContact, removeContact, replaceContact } from './contacts.ts'
import { findContact } from './store/queries.ts'
import { ContactPath, IfMatch, IfNoneMatch } from './request-schema.ts'
import { contactResponse } from './schema.ts'
import { presentContact } from './present.ts'

// What was read can be sent back: a card of 1 MiB, of which JSON escapes much.
const wholeBody = 4 * 1024 * 1024

/** `/api/contacts/{id}`: one of the caller's own contacts, and nobody else's. */
export function oneContactRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const signedIn = requireUser(services)
  const limit = rateLimit(services, { name: 'contacts', by: 'user', ...config.limits.contacts })

  return (app, _options, done) => {
    app.get(
      '/api/contacts/:id',
      {
        onRequest: [signedIn, limit],
        schema: {
          operationId: 'read_contact',
          tags: ['contacts'],
          summary: 'Read one contact',
          headers: IfNoneMatch,
          params: ContactPath,
          response: {
            200: contactResponse('The contact.'),
            304: Type.Null({ description: 'Not changed since the tag in If-None-Match.' }),
            ...problems(401, 404, 422),
          },
        },
      },
      async (request, reply) => {
        const row = await findContact(database.read, request.user.id, request.params.id)
        if (!row) throw contactNotFound()
        void reply.header('etag', etagOf(row))
        if (isFresh(request.headers['if-none-match'], etagOf(row)))
          return reply.status(304).send(null)
        return presentContact(row)
      },
    )

    app.put(
      '/api/contacts/:id',
      {
        onRequest: [signedIn, limit],
        bodyLimit: wholeBody,
        schema: {
          operationId: 'replace_contact',
          tags: ['contacts'],
          summary: 'Replace a contact as a whole',
          headers: IfMatch,
          params: ContactPath,
          body: ref(ContactReplacement),
          response: {
            200: contactResponse('The contact as it is now.'),
            ...problems(400, 401, 404, 412, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const { params, body, headers } = request
        const row = await replaceContact(
          database,
          apiAuthor(request),
          params.id,
          body,
          headers['if-match'],
        )
        void reply.header('etag', etagOf(row))
        return presentContact(row)
      },
    )

    app.patch(
      '/api/contacts/:id',
      {
        onRequest: [signedIn, limit],
        bodyLimit: wholeBody,
        schema: {
          operationId: 'patch_contact',
          tags: ['contacts'],
          summary: 'Change some fields of a contact',
          consumes: ['application/merge-patch+json', 'application/json'],
          headers: IfMatch,
          params: ContactPath,
          body: ref(ContactPatch),
          response: {
            200: contactResponse('The contact as it is now.'),
            ...problems(400, 401, 404, 412, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const { params, body, headers } = request
        const row = await patchContact(
          database,
          apiAuthor(request),
          params.id,
          body,
          headers['if-match'],
        )
        void reply.header('etag', etagOf(row))
        return presentContact(row)
      },
    )

    app.delete(
      '/api/contacts/:id',
      {
        onRequest: [signedIn, limit],
        schema: {
          operationId: 'delete_contact',
          tags: ['contacts'],
          summary: 'Move a contact to the trash',
          description: 'It can be restored for 30 days.',
          headers: IfMatch,
          params: ContactPath,
          response: { ...noContent('In the trash.'), ...problems(401, 404, 412, 422) },
        },
      },
      async (request, reply) => {
        await removeContact(
          database,
          apiAuthor(request),
          request.params.id,
          request.headers['if-match'],
        )
        return reply.status(204).send(null)
      },
    )
    done()
  }
}
