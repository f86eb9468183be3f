import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifySchemaCompiler } from 'fastify'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { positionNow } from '../changes/changes.ts'
import { toToken } from '../changes/position.ts'
import { apiAuthor } from '../contacts/api-author.ts'
import { rateLimit, type LimitHook } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { carryOut } from './batch.ts'
import { checkEnvelope } from './envelope.ts'
import { changeContactsOperation } from './operations.ts'

// In octets.
const bodyLimit = 8 * 1024 * 1024
const maxMembers = 100_000

/** `/api/contacts/batch`: many changes of the caller's own contacts at once. */
export function batchRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config, log, newContacts } = services
  const { contactsBatch, contactsCreate } = config.limits
  const signedIn = requireUser(services)
  const limit = rateLimit(services, { name: 'contacts-batch', by: 'user', ...contactsBatch })
  const creating = rateLimit(services, { name: 'contacts-create', by: 'user', ...contactsCreate })
  const limitIfCreating: LimitHook = (request, reply, done) =>
    createsIn(request.body).length > 0 ? creating(request, reply, done) : done()

  return (app, _options, done) => {
    const compile = app.validatorCompiler as FastifySchemaCompiler<unknown>
    app.post(
      '/api/contacts/batch',
      {
        onRequest: [signedIn, limit],
        preHandler: limitIfCreating,
        bodyLimit,
        config: { maxMembers },
        validatorCompiler: (part) => (part.httpPart === 'body' ? checkEnvelope : compile(part)),
        schema: changeContactsOperation,
      },
      async (request, reply) => {
        const { body, user } = request
        const call = { author: apiAuthor(request), instance: request.id, log }
        const results = await carryOut(database, call, body.operations)
        newContacts.note(createsIn(body).length)
        const next = toToken(await positionNow(database, user.id))
        void reply.type('application/json; charset=utf-8')
        return reply.send(`{"results":[${results.join(',')}],"next":${JSON.stringify(next)}}`)
      },
    )
    done()
  }
}

function createsIn(body: unknown): unknown[] {
  const { operations } = body as { operations: ({ operation?: unknown } | null)[] }
  return operations.filter((one) => one?.operation === 'create')
}
