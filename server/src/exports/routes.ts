import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { toUser } from '../accounts/users.ts'
import { observeStream } from '../http/request-log.ts'
import { readLabel } from '../labels/labels.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import { findPreferences } from '../preferences/queries.ts'
import type { Services } from '../services.ts'
import { attachment } from './download.ts'
import { exportStream } from './export-stream.ts'
import {
  exportAccountOperation,
  exportContactsOperation,
  exportCsvOperation,
  exportJsonOperation,
  exportVcardsOperation,
} from './operations.ts'
import { mediaTypes, type ExportFormat, type ExportQuery } from './schema.ts'

/** RFC 9745: 29 November 2026. */
const deprecatedSince = '@1795910400'

/** `/api/export.*` and `/api/users/me/export`: the caller's contacts, and the whole account, as files. */
export function exportRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { read } = services.database
  const limit = rateLimit(services, { name: 'export', by: 'user', max: 10, windowSeconds: 60 })
  const onRequest = [requireUser(services), limit]

  async function sendExport(
    reply: FastifyReply,
    ownerId: string,
    format: ExportFormat,
    { version = '3.0', label }: Partial<Pick<ExportQuery, 'version' | 'label'>>,
  ) {
    const name = label ? (await readLabel(read, ownerId, label)).name : 'contacts'
    const selection = { labelId: label }
    const stream = await exportStream(services, { ownerId, format, selection, version })
    void reply.headers({
      'content-type': mediaTypes[format],
      'content-disposition': attachment(`kith-${name}-${today()}.${format}`),
      'cache-control': 'no-store',
    })
    return reply.send(observeStream(services, reply, stream))
  }

  return (app, _options, done) => {
    app.get(
      '/api/export.vcf',
      { onRequest, schema: exportVcardsOperation },
      ({ user, query }, reply) => sendExport(reply, user.id, 'vcf', query),
    )

    app.get(
      '/api/export.csv',
      { onRequest, schema: exportCsvOperation },
      ({ user, query }, reply) => sendExport(reply, user.id, 'csv', query),
    )

    app.get(
      '/api/export.json',
      { onRequest, schema: exportJsonOperation },
      ({ user, query }, reply) => sendExport(reply, user.id, 'json', query),
    )

    app.get(
      '/api/export',
      { onRequest, schema: exportContactsOperation },
      ({ user, query }, reply) => {
        const { format, ...selection } = query
        void reply.headers({
          deprecation: deprecatedSince,
          link: `</api/export.${format}>; rel="successor-version"`,
        })
        return sendExport(reply, user.id, format, selection)
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
        const whole = toUser(user, services.config.publicUrl)
        const { preferences } = await findPreferences(services.db, user.id)
        const archive = await exportStream(services, {
          ownerId: user.id,
          format: 'zip',
          user: whole,
          preferences,
        })
        return reply.send(observeStream(services, reply, archive))
      },
    )
    done()
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
