import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { startsWithPattern, wordPatterns, type Alternatives } from '../book/search-text.ts'
import type { Ask } from '../db/ask.ts'
import { nextLink } from '../http/page-links.ts'
import { limitBy, rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { apiAuthor } from './api-author.ts'
import { createContact } from './contacts.ts'
import {
  createContactOperation,
  listContactsOperation,
  searchContactsOperation,
} from './operations.ts'
import { cursorAfter, readPage } from './page.ts'
import { presentSimple, presentContact } from './present.ts'
import type { ListQuery } from './request-schema.ts'
import type { Page } from './store/order.ts'
import { listContacts, listWholeContacts, type Filter } from './store/queries.ts'

/** `/api/contacts`: adding to the caller's own contacts, listing and searching them. */
export function contactRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const { contacts, contactsList, contactsCreate } = config.limits
  const signedIn = requireUser(services)
  const creating = rateLimit(services, { name: 'contacts-create', by: 'user', ...contactsCreate })
  const reading = rateLimit(services, { name: 'contacts', by: 'user', ...contacts })
  const starting = rateLimit(services, { name: 'contacts-list', by: 'user', ...contactsList })
  const listing = limitBy((request) => (isContinued(request) ? reading : starting))

  async function sendPage(
    request: FastifyRequest,
    reply: FastifyReply,
    patterns: Alternatives[],
    query: PageQuery,
  ) {
    const page = readPage(query)
    const filter = { patterns, labelId: query.label }
    if (services.indexState.isUpdating && needsIndex(filter, page)) {
      void reply.header('x-index-state', 'updating')
    }
    const { rows, total, shown } = await readRows(
      database.read,
      request.user.id,
      filter,
      page,
      query.view,
    )
    void reply.header('x-total-count', total)
    const last = rows[page.limit - 1]
    if (last && rows.length > page.limit) {
      const cursor = cursorAfter(last, page.order)
      const path = request.routeOptions.url ?? '/'
      void reply.header('link', nextLink(path, query, cursor))
    }
    return shown
  }

  return (app, _options, done) => {
    app.post(
      '/api/contacts',
      { onRequest: [signedIn, creating], schema: createContactOperation },
      async (request, reply) => {
        const { body, headers } = request
        const key = headers['idempotency-key']
        const { contact, etag } = await createContact(database, apiAuthor(request), body, key)
        void reply
          .status(201)
          .header('location', `/api/contacts/${contact.id}`)
          .header('etag', etag)
        return contact
      },
    )

    app.get(
      '/api/contacts',
      { onRequest: [signedIn, listing], schema: listContactsOperation },
      (request, reply) => sendPage(request, reply, patternsOf(request.query), request.query),
    )

    app.get(
      '/api/contacts/search',
      { onRequest: [signedIn, reading], schema: searchContactsOperation },
      (request, reply) => {
        const { query } = request
        return sendPage(request, reply, wordPatterns(query.q ?? ''), query)
      },
    )
    done()
  }
}

async function readRows(
  read: Ask,
  ownerId: string,
  filter: Filter,
  page: Page,
  view: ListQuery['view'],
) {
  if (view === 'full') {
    const listed = await listWholeContacts(read, ownerId, filter, page)
    return { ...listed, shown: listed.rows.slice(0, page.limit).map(presentContact) }
  }
  const listed = await listContacts(read, ownerId, filter, page)
  return { ...listed, shown: listed.rows.slice(0, page.limit).map(presentSimple) }
}

/**
 * Whether this asks for a page behind another one. Reading a large book takes many of these in a row, so
 * that only its first page counts as listing it.
 */
function isContinued({ query }: FastifyRequest): boolean {
  const { after } = query as { after?: unknown }
  return after !== undefined && after !== ''
}

type PageQuery = Parameters<typeof readPage>[0] & Pick<ListQuery, 'view' | 'label'>

/** Whether the answer depends on the sort key or the search text. */
function needsIndex({ patterns }: Filter, { order }: Page): boolean {
  return patterns.length > 0 || !order.isTime
}

function patternsOf({ first_name, last_name, email, q }: ListQuery): Alternatives[] {
  return [
    ...(first_name ? [startsWithPattern('first_name', first_name)] : []),
    ...(last_name ? [startsWithPattern('last_name', last_name)] : []),
    ...(email ? [startsWithPattern('email', email)] : []),
    ...(q ? wordPatterns(q) : []),
  ]
}
