import { Readable } from 'node:stream'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { openStreams } from './events.ts'
import { failedEntries } from './file/failed-file.ts'
import { readImport } from './imports.ts'
import { downloadFailedEntriesOperation, followImportOperation } from './operations.ts'

/** How often a user may read imports. */
export const readLimit = { name: 'imports-read', by: 'user', max: 300, windowSeconds: 60 } as const

const failedTypes = {
  vcf: 'text/vcard; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

/** The streamed answers about an import: its events, and the file of the entries that failed. */
export function importStreamRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database } = services
  const { read } = database
  const onRequest = [requireUser(services), rateLimit(services, readLimit)]

  return (app, _options, done) => {
    const streams = openStreams(services)
    app.addHook('preClose', async () => streams.close())

    app.get(
      '/api/imports/:id/events',
      { onRequest, schema: followImportOperation },
      async (request, reply) => {
        const { user, params } = request
        const row = await readImport(database, user.id, params.id)
        const gone = new AbortController()
        reply.raw.once('close', () => gone.abort())
        const followed = streams.open(
          { userId: user.id, credential: user.credential },
          row,
          gone.signal,
        )
        void reply.headers({
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          // Otherwise proxies such as nginx buffer the events.
          'x-accel-buffering': 'no',
        })
        return reply.send(Readable.from(followed))
      },
    )

    app.get(
      '/api/imports/:id/failed',
      { onRequest, schema: downloadFailedEntriesOperation },
      async ({ user, params }, reply) => {
        const row = await readImport(database, user.id, params.id)
        const format = row.format === 'zip' ? 'json' : row.format
        void reply.headers({
          'content-type': failedTypes[format],
          'content-disposition': `attachment; filename="kith-failed.${format}"`,
        })
        return reply.send(Readable.from(failedEntries(read, user.id, row)))
      },
    )
    done()
  }
}
