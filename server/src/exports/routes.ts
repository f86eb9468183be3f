import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { toUser } from '../accounts/users.ts'
import { readLabel } from '../labels/labels.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { archiveOf } from './archive.ts'
import { exportCards } from './cards.ts'
import { attachment, streamOf } from './download.ts'
import { exportAccountOperation, exportContactsOperation } from './operations.ts'
import { mediaTypes } from './schema.ts'
import { exportCsv, exportJson } from './tables.ts'

/** `/api/export` and `/api/users/me/export`: the caller's contacts, and the whole account, as files. */
export function exportRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { read } = services.database
  const limit = rateLimit(services, { name: 'export', by: 'user', max: 10, windowSeconds: 60 })
  const onRequest = [requireUser(services), limit]

  return (app, _options, done) => {
    app.get(
      '/api/export',
      { onRequest, schema: exportContactsOperation },
      async ({ user, query }, reply) => {
        const { format, version, label } = query
        const name = label ? (await readLabel(read, user.id, label)).name : 'contacts'
        const selection = { labelId: label }
        const texts = {
          vcf: () => exportCards(read, user.id, selection, version),
          csv: () => exportCsv(read, user.id, selection),
          json: () => exportJson(read, user.id, selection),
        }
        void reply.headers({
          'content-type': mediaTypes[format],
          'content-disposition': attachment(`kith-${name}-${today()}.${format}`),
          'cache-control': 'no-store',
        })
        return reply.send(streamOf(texts[format]()))
      },
    )

    app.get(
      '/api/users/me/export',
      { onRequest, schema: exportAccountOperation },
      async ({ user }, reply) => {
        void reply.headers({
          'content-type': 'application/zip',
          'content-disposition': attachment(`kith-account-${today()}.zip`),
          'cache-control': 'no-store',
        })
        return reply.send(archiveOf(read, toUser(user, services.config.publicUrl)))
      },
    )
    done()
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
