import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { isFresh } from '../http/etag.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { otherProperties } from '../vcard/lines-without-field.ts'
import { apiAuthor } from './api-author.ts'
import { contactNotFound } from './change.ts'
import { patchContact, removeContact, replaceContact } from './contacts.ts'
import { etagOf } from './etag.ts'
import {
  deleteContactOperation,
  listOtherPropertiesOperation,
  patchContactOperation,
  readContactOperation,
  replaceContactOperation,
} from './operations.ts'
import { presentContact } from './present.ts'
import { findContact, findWhole } from './store/queries.ts'

// In octets. A contact may be sent back as it was read: up to 1 MiB of values, which escapes in
// JSON make longer.
const wholeBody = 4 * 1024 * 1024

/** `/api/contacts/{id}`: one of the caller's own contacts, and nobody else's. */
export function oneContactRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const signedIn = requireUser(services)
  const limit = rateLimit(services, { name: 'contacts', by: 'user', ...config.limits.contacts })

  return (app, _options, done) => {
    app.get(
      '/api/contacts/:id',
      { onRequest: [signedIn, limit], schema: readContactOperation },
      async (request, reply) => {
        const row = await findContact(database.read, request.user.id, request.params.id)
        if (!row) throw contactNotFound()
        void reply.header('etag', etagOf(row))
        if (isFresh(request.headers['if-none-match'], etagOf(row))) return reply.status(304).send()
        return presentContact(row)
      },
    )

    app.get(
      '/api/contacts/:id/other-properties',
      { onRequest: [signedIn, limit], schema: listOtherPropertiesOperation },
      async (request) => {
        const row = await findWhole(database.read, request.user.id, request.params.id)
        if (!row) throw contactNotFound()
        return row.card === null ? [] : otherProperties(row.card)
      },
    )

    app.put(
      '/api/contacts/:id',
      { onRequest: [signedIn, limit], bodyLimit: wholeBody, schema: replaceContactOperation },
      async (request, reply) => {
        const { params, body, headers } = request
        const ifMatch = headers['if-match']
        const row = await replaceContact(database, apiAuthor(request), params.id, body, ifMatch)
        void reply.header('etag', etagOf(row))
        return presentContact(row)
      },
    )

    app.patch(
      '/api/contacts/:id',
      { onRequest: [signedIn, limit], bodyLimit: wholeBody, schema: patchContactOperation },
      async (request, reply) => {
        const { params, body, headers } = request
        const ifMatch = headers['if-match']
        const row = await patchContact(database, apiAuthor(request), params.id, body, ifMatch)
        void reply.header('etag', etagOf(row))
        return presentContact(row)
      },
    )

    app.delete(
      '/api/contacts/:id',
      { onRequest: [signedIn, limit], schema: deleteContactOperation },
      async (request, reply) => {
        const { params, headers } = request
        await removeContact(database, apiAuthor(request), params.id, headers['if-match'])
        return reply.status(204).send(null)
      },
    )
    done()
  }
}
