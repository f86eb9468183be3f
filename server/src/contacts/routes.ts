import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireUser } from '../accounts/sessions/require-user.ts'
import {
  searchWords,
  startsWithPattern,
  wordPatterns,
  type Alternatives,
} from '../book/search-words.ts'
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
import { cursorAfter, readPage, readSearchPage } from './page.ts'
import { presentSimple, presentContact } from './present.ts'
import type { ListQuery } from './request-schema.ts'
import { searchContacts } from './search.ts'
import type { Page } from './store/order.ts'
import { listContacts, listWholeContacts } from './store/queries.ts'
import { shownShape, wholeShape } from './store/shapes.ts'

/** `/api/contacts`: adding to the caller's own contacts, listing and searching them. */
export function contactRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const { contacts, contactsList, contactsCreate } = config.limits
  const signedIn = requireUser(services)
  const creating = rateLimit(services, { name: 'contacts-create', by: 'user', ...contactsCreate })
  const reading = rateLimit(services, { name: 'contacts', by: 'user', ...contacts })
  const starting = rateLimit(services, { name: 'contacts-list', by: 'user', ...contactsList })
  const listing = limitBy((request) => (isContinued(request) ? reading : starting))

  /** A page that may hold one row more than was asked for, where there is a next one. */
  function sendPage<Row extends Found, Shown>(
    request: FastifyRequest,
    reply: FastifyReply,
    { rows, total }: { rows: Row[]; total: number },
    { order, limit }: Page,
    show: (row: Row) => Shown,
  ): Shown[] {
    void reply.header('x-total-count', total)
    const last = rows[limit - 1]
    if (last && rows.length > limit) {
      const cursor = cursorAfter(last, order)
      const path = request.routeOptions.url ?? '/'
      void reply.header('link', nextLink(path, request.query as Query, cursor))
    }
    return rows.slice(0, limit).map(show)
  }

  /** Says so where the answer depends on sort keys or search texts that are still being updated. */
  function noteIndexState(reply: FastifyReply, isSearch: boolean, { order }: Page) {
    if (services.indexState.isUpdating && (isSearch || !order.isTime)) {
      void reply.header('x-index-state', 'updating')
    }
  }

  return (app, _options, done) => {
    app.post(
      '/api/contacts',
      { onRequest: [signedIn, creating], schema: createContactOperation },
      async (request, reply) => {
        const { body, headers } = request
        const key = headers['idempotency-key']
        const { contact, etag } = await createContact(database, apiAuthor(request), body, key)
        services.newContacts.note(1)
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
      async (request, reply) => {
        const { query, user } = request
        const page = readPage(query)
        const filter = { patterns: patternsOf(query), labelId: query.label }
        noteIndexState(reply, filter.patterns.length > 0, page)
        if (query.view === 'full') {
          const found = await listWholeContacts(database.read, user.id, filter, page)
          return sendPage(request, reply, found, page, presentContact)
        }
        const found = await listContacts(database.read, user.id, filter, page)
        return sendPage(request, reply, found, page, presentSimple)
      },
    )

    app.get(
      '/api/contacts/search',
      { onRequest: [signedIn, reading], schema: searchContactsOperation },
      async (request, reply) => {
        const { query, user } = request
        const words = searchWords(query.q ?? '')
        const page = readSearchPage(query, words.length > 0)
        const search = { words, inNotes: query.notes, labelId: query.label }
        noteIndexState(reply, words.length > 0, page)
        if (query.view === 'full') {
          const found = await searchContacts(database.read, wholeShape, user.id, search, page)
          return sendPage(request, reply, found, page, (row) => asHit(row, presentContact(row)))
        }
        const found = await searchContacts(database.read, shownShape, user.id, search, page)
        return sendPage(request, reply, found, page, (row) => asHit(row, presentSimple(row)))
      },
    )
    done()
  }
}

type Query = Record<string, string | number>
type Found = { id: string; place: string; match?: 'similar' }

/** What is shown of a hit: that it is only a similar one is said of no other. */
function asHit<Shown>({ match }: Found, shown: Shown): Shown & Pick<Found, 'match'> {
  return { ...shown, ...(match && { match }) }
}

/**
 * Whether this asks for a page behind another one. Reading a large book takes many of these in a row, so
 * that only its first page counts as listing it.
 */
function isContinued({ query }: FastifyRequest): boolean {
  const { after } = query as { after?: unknown }
  return after !== undefined && after !== ''
}

function patternsOf({ first_name, last_name, email, q }: ListQuery): Alternatives[] {
  return [
    ...(first_name ? [startsWithPattern('first_name', first_name)] : []),
    ...(last_name ? [startsWithPattern('last_name', last_name)] : []),
    ...(email ? [startsWithPattern('email', email)] : []),
    ...(q ? wordPatterns(q) : []),
  ]
}
