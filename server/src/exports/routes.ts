import type { Readable } from 'node:stream'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { problems, streamed } from '../http/schemas.ts'
import { readLabel } from '../labels/labels.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { toUser } from '../accounts/users.ts'
import { archiveOf } from './archive.ts'
import { exportCards } from './cards.ts'
import { attachment, streamOf } from './download.ts'
import { exportCsv, exportJson } from './tables.ts'

const formats = {
  vcf: 'text/vcard; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

const ExportQuery = Type.Object(
  {
    format: Type.Unsafe<keyof typeof formats>({
      type: 'string',
      enum: Object.keys(formats),
      default: 'vcf',
      description: '`json` has all fields of each contact, with the names of its labels.',
    }),
    version: Type.Unsafe<'3.0' | '4.0'>({
      type: 'string',
      enum: ['3.0', '4.0'],
      default: '3.0',
      description: 'Of the vCards. One that came in as this, and was not edited, is the same file.',
    }),
    label: Type.Optional(
      Type.String({ format: 'uuid', description: 'Only contacts with this label.' }),
    ),
  },
  { additionalProperties: false },
)

const cards = streamed('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n')
const rows = streamed('First Name,E-mail 1 - Value\r\nAda,ada@example.org\r\n')
const contacts = Type.Unsafe<Readable>({
  type: 'array',
  items: { type: 'object' },
  examples: [[{ first_name: 'Ada', labels: ['Friends'] }]],
})
const archive = streamed('PK')
const named = { 'Content-Disposition': { type: 'string', description: 'With a file name.' } }

/** `/api/export` and `/api/users/me/export`: everything, to take along. */
export function exportRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { read } = services.database
  const limit = rateLimit(services, { name: 'export', by: 'user', max: 10, windowSeconds: 60 })
  const onRequest = [requireUser(services), limit]

  return (app, _options, done) => {
    app.get(
      '/api/export',
      {
        onRequest,
        schema: {
          operationId: 'export_contacts',
          tags: ['imports'],
          summary: 'Download my contacts as a file',
          description:
            'In the order in which they were added. Labels are CATEGORIES in vCards; one that came ' +
            'as a group is that group card, at the end. The CSV has the columns of Google, and can be ' +
            'imported here again without a difference.',
          querystring: ExportQuery,
          response: {
            200: {
              description: 'The file.',
              headers: named,
              content: {
                'text/vcard': { schema: cards },
                'text/csv': { schema: rows },
                'application/json': { schema: contacts },
              },
            },
            ...problems(401, 404, 422),
          },
        },
      },
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
          'content-type': formats[format],
          'content-disposition': attachment(`kith-${name}-${today()}.${format}`),
          'cache-control': 'no-store',
        })
        return reply.send(streamOf(texts[format]()))
      },
    )

    app.get(
      '/api/users/me/export',
      {
        onRequest,
        schema: {
          operationId: 'export_account',
          tags: ['users'],
          summary: 'Download all of my account',
          description:
            'A ZIP archive: `contacts.vcf` (each card as it came, with its photo), `contacts.csv`, ' +
            'and `account.json` with the profile, labels, imports, contacts, the trash and the ' +
            'history of every contact.',
          response: {
            200: {
              description: 'The archive.',
              headers: named,
              content: { 'application/zip': { schema: archive } },
            },
            ...problems(401),
          },
        },
      },
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
