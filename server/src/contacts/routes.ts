import type { Page } from './store/order.ts'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { apiAuthor } from './api-author.ts'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { etagOf } from './etag.ts'
import { nextLink } from '../http/page-links.ts'
import { problems, ref } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { createContact } from './contacts.ts'
import { cursorAfter, readPage } from './page.ts'
import { listContacts, listWholeContacts, type Filter } from './store/queries.ts'
import { NewContact } from './body-schema.ts'
import { ListQuery, SearchQuery } from './request-schema.ts'
import { contactResponse, etagHeader, ListedContact } from './schema.ts'
import { startsWithPattern, wordPatterns, type Alternatives } from '../book/search-text.ts'
import { presentSimple, presentContact } from './present.ts'

const page = {
  ...Type.Array(ref(ListedContact)),
  description: 'One page of the list.',
  headers: {
    'X-Total-Count': { type: 'integer', description: 'How many contacts match, on all pages.' },
    Link: { type: 'string', description: 'The next page, as rel="next"; absent on the last.' },
  },
}

/** `/api/contacts`: adding to the caller's own contacts, listing and searching them. */
export function contactRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const { contactsList, contactsCreate } = config.limits
  const signedIn = requireUser(services)
  const listing = rateLimit(services, { name: 'contacts-list', by: 'user', ...contactsList })
  const creating = rateLimit(services, { name: 'contacts-create', by: 'user', ...contactsCreate })

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
      return { ...listed, shown: listed.rows.slice(0, page.limit).map(presentContact) }
    }
    const listed = await listContacts(database.read, ownerId, filter, page)
    return { ...listed, shown: listed.rows.slice(0, page.limit).map(presentSimple) }
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
              ...contactResponse('The new contact.'),
              headers: { ...etagHeader, Location: { type: 'string', description: 'Its path.' } },
            },
            ...problems(400, 401, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const row = await createContact(database, apiAuthor(request), request.body)
        void reply
          .status(201)
          .header('location', `/api/contacts/${row.id}`)
          .header('etag', etagOf(row))
        return presentContact(row)
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
