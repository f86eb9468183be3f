import { negotiate } from '@fastify/accept-negotiator'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { invalidField } from '../errors.ts'
import { bodyOf, streamOf } from '../exports/download.ts'
import { varies } from '../http/cors.ts'
import { observeStream } from '../http/request-log.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { changesSince, headSince } from './changes.ts'
import { openEvents } from './events.ts'
import { atOnce, changeLines } from './lines.ts'
import { followChangesOperation, listChangesOperation } from './operations.ts'
import { changesPage } from './page.ts'
import { fromToken, type Position } from './position.ts'
import { countContacts } from './queries.ts'

const linesType = 'application/x-ndjson'

/** `/api/changes`: what changes in the caller's own book. */
export function changeRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const limit = rateLimit(services, { name: 'changes', by: 'user', ...config.limits.changes })
  const onRequest = [requireUser(services), limit]

  return (app, _options, done) => {
    const events = openEvents(services)
    app.addHook('preClose', async () => events.close())

    app.get('/api/changes', { onRequest, schema: listChangesOperation }, async (request, reply) => {
      const { user, query, headers } = request
      const { view } = query
      const since = query.since === undefined ? null : readToken(query.since)
      void reply.headers({ 'cache-control': 'no-store', vary: `${varies}, Accept` })
      if (asksForLines(headers.accept)) {
        // Read before the answer begins, so that a refusal is one.
        const first = await changesSince(database, user.id, since, { limit: atOnce, view })
        const lines = streamOf(changeLines(database, user.id, first, view))
        void reply.type(`${linesType}; charset=utf-8`)
        return reply.send(observeStream(services, reply, lines))
      }
      const [changes, total] = await Promise.all([
        changesSince(database, user.id, since, { limit: query.limit, view }),
        countContacts(database.read, user.id),
      ])
      const body = await bodyOf(changesPage(changes, total, view))
      void reply.type('application/json; charset=utf-8')
      return reply.send(typeof body === 'string' ? body : observeStream(services, reply, body))
    })

    app.get(
      '/api/changes/events',
      { onRequest, schema: followChangesOperation },
      async ({ user, query }, reply) => {
        const since = readToken(query.since)
        const head = await headSince(database.read, user.id, since)
        const stream = events.open({ userId: user.id, credential: user.credential }, since, head)
        reply.raw.once('close', () => stream.destroy())
        void reply.headers({
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          // Otherwise proxies such as nginx buffer the events.
          'x-accel-buffering': 'no',
        })
        return reply.send(stream)
      },
    )
    done()
  }
}

function asksForLines(accept = ''): boolean {
  return negotiate(accept.toLowerCase(), ['application/json', linesType]) === linesType
}

/** @throws AppError `invalid` for what is no token */
function readToken(token: string): Position {
  const position = fromToken(token)
  if (!position) throw invalidField('/since', 'is not a token of this feed.')
  return position
}
