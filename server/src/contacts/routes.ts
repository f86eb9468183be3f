import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { requireUser } from '../auth/require-user.ts'
import { etagOf, isFresh } from '../http/etag.ts'
import { nextLink } from '../http/page-links.ts'
import { noContent, problems, ref } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { contactNotFound } from './change.ts'
import { createContact, patchContact, removeContact, replaceContact } from './contacts.ts'
import { cursorAfter, readPage, type Page } from './page.ts'
import { findContact, listContacts, listWholeContacts, type Filter } from './queries.ts'
import { ContactPatch, ContactReplacement, NewContact } from './body-schema.ts'
import { ContactPath, IfMatch, IfNoneMatch, ListQuery, SearchQuery } from './request-schema.ts'
import { ListedContact, WholeContactAnswer } from './schema.ts'
import { startsWithPattern, wordPatterns, type Alternatives } from './search.ts'
import { toContact, toWholeContact } from './shape.ts'

// What was read can be sent back: a card of 1 MiB, of which JSON escapes much.
const wholeBody = 4 * 1024 * 1024
const etagHeader = { ETag: { type: 'string', description: 'For If-Match and If-None-Match.' } }
const one = (description: string) => ({
  ...ref(WholeContactAnswer),
  description,
  headers: etagHeader,
})
const page = {
  ...Type.Array(ref(ListedContact)),
  description: 'One page of the list.',
  headers: {
    'X-Total-Count': { type: 'integer', description: 'How many contacts match, on all pages.' },
    Link: { type: 'string', description: 'The next page, as rel="next"; absent on the last.' },
  },
}

/** `/api/contacts`: the caller's own contacts, and nobody else's. */
export function contactRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const { contactsList, contactsCreate, contacts } = config.limits
  const signedIn = requireUser(services)
  const listing = rateLimit(services, { name: 'contacts-list', by: 'user', ...contactsList })
  const creating = rateLimit(services, { name: 'contacts-create', by: 'user', ...contactsCreate })
  const others = rateLimit(services, { name: 'contacts', by: 'user', ...contacts })

  async function sendPage(
    request: FastifyRequest,
    reply: FastifyReply,
    patterns: Alternatives[],
    query: PageQuery,
  ) {
    const page = readPage(query)
    const filter = { patterns, labelId: query.label }
    const { rows, total, shown } = await readRows(request.user.id, filter, page, query.view)
    void reply.header('x-total-count', total)
    const last = rows[page.limit - 1]
    if (last && rows.length > page.limit) {
      const cursor = cursorAfter(last, page.order)
      void reply.header(
        'link',
        nextLink(config.publicUrl, request.routeOptions.url ?? '/', query, cursor),
      )
    }
    return shown
  }

  async function readRows(ownerId: string, filter: Filter, page: Page, view: PageQuery['view']) {
    if (view === 'full') {
      const listed = await listWholeContacts(database.read, ownerId, filter, page)
      return { ...listed, shown: listed.rows.slice(0, page.limit).map(toWholeContact) }
    }
    const listed = await listContacts(database.read, ownerId, filter, page)
    return { ...listed, shown: listed.rows.slice(0, page.limit).map(toContact) }
  }

  return (app, _options, done) => {
    app.post(
      '/api/contacts',
      {
        onRequest: [signedIn, creating],
        schema: {
          operationId: 'create_contact',
          tags: ['contacts'],
          summary: 'Add a contact',
          body: ref(NewContact),
          response: {
            201: {
              ...one('The new contact.'),
              headers: { ...etagHeader, Location: { type: 'string', description: 'Its path.' } },
            },
            ...problems(400, 401, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const row = await createContact(database, request.user.id, request.body)
        void reply
          .status(201)
          .header('location', `/api/contacts/${row.id}`)
          .header('etag', etagOf(row))
        return toWholeContact(row)
      },
    )

    app.get(
      '/api/contacts',
      {
        onRequest: [signedIn, listing],
        schema: {
          operationId: 'list_contacts',
          tags: ['contacts'],
          summary: 'List and filter contacts',
          querystring: ListQuery,
          response: { 200: page, ...problems(401, 422) },
        },
      },
      (request, reply) => sendPage(request, reply, patternsOf(request.query), request.query),
    )

    app.get(
      '/api/contacts/search',
      {
        onRequest: [signedIn, listing],
        schema: {
          operationId: 'search_contacts',
          tags: ['contacts'],
          summary: 'Find contacts by words',
          querystring: SearchQuery,
          response: { 200: page, ...problems(401, 422) },
        },
      },
      (request, reply) => sendPage(request, reply, wordPatterns(request.query.q), request.query),
    )

    app.get(
      '/api/contacts/:id',
      {
        onRequest: [signedIn, others],
        schema: {
          operationId: 'read_contact',
          tags: ['contacts'],
          summary: 'Read one contact',
          headers: IfNoneMatch,
          params: ContactPath,
          response: {
            200: one('The contact.'),
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
        return toWholeContact(row)
      },
    )

    app.put(
      '/api/contacts/:id',
      {
        onRequest: [signedIn, others],
        bodyLimit: wholeBody,
        schema: {
          operationId: 'replace_contact',
          tags: ['contacts'],
          summary: 'Replace a contact as a whole',
          headers: IfMatch,
          params: ContactPath,
          body: ref(ContactReplacement),
          response: {
            200: one('The contact as it is now.'),
            ...problems(400, 401, 404, 412, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const { user, params, body, headers } = request
        const row = await replaceContact(database, user.id, params.id, body, headers['if-match'])
        void reply.header('etag', etagOf(row))
        return toWholeContact(row)
      },
    )

    app.patch(
      '/api/contacts/:id',
      {
        onRequest: [signedIn, others],
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
            200: one('The contact as it is now.'),
            ...problems(400, 401, 404, 412, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const { user, params, body, headers } = request
        const row = await patchContact(database, user.id, params.id, body, headers['if-match'])
        void reply.header('etag', etagOf(row))
        return toWholeContact(row)
      },
    )

    app.delete(
      '/api/contacts/:id',
      {
        onRequest: [signedIn, others],
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
          request.user.id,
          request.params.id,
          request.headers['if-match'],
        )
        return reply.status(204).send(null)
      },
    )
    done()
  }
}

type PageQuery = Parameters<typeof readPage>[0] & Pick<ListQuery, 'view' | 'label'>

function patternsOf({ first_name, last_name, email, q }: ListQuery): Alternatives[] {
  return [
    ...(first_name ? [startsWithPattern('first_name', first_name)] : []),
    ...(last_name ? [startsWithPattern('last_name', last_name)] : []),
    ...(email ? [startsWithPattern('email', email)] : []),
    ...(q ? wordPatterns(q) : []),
  ]
}
