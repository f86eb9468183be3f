import { negotiate } from '@fastify/accept-negotiator'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { invalidField } from '../errors.ts'
import { streamOf } from '../exports/download.ts'
import { varies } from '../http/cors.ts'
import { observeStream } from '../http/request-log.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { changesSince } from './changes.ts'
import { atOnce, changeLines } from './lines.ts'
import { listChangesOperation } from './operations.ts'
import { presentChanges } from './page.ts'
import { fromToken, type Position } from './position.ts'
import { countContacts } from './queries.ts'

const linesType = 'application/x-ndjson'

/** `/api/changes`: what changes in the caller's own book. */
export function changeRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const limit = rateLimit(services, { name: 'changes', by: 'user', ...config.limits.changes })
  const onRequest = [requireUser(services), limit]

  return (app, _options, done) => {
    app.get(
      '/api/changes',
      { onRequest, schema: listChangesOperation },
      async (request, reply) => {
        const { user, query, headers } = request
        const { view } = query
        const since = query.since === undefined ? null : readToken(query.since)
        void reply.headers({ 'cache-control': 'no-store', vary: `${varies}, Accept` })
        if (asksForLines(headers.accept)) {
          // Read before the answer begins, so that a refusal is one.
          const first = await changesSince(database, user.id, since, { limit: atOnce, view })
          const lines = streamOf(changeLines(database, user.id, first, view))
          return reply.type(`${linesType}; charset=utf-8`).send(
            observeStream(services, reply, lines),
          )
        }
        const [changes, total] = await Promise.all([
          changesSince(database, user.id, since, { limit: query.limit, view }),
          countContacts(database.read, user.id),
        ])
        return reply.send(await presentChanges(changes, total, view))
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
