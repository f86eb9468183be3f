import type { Readable } from 'node:stream'
import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { problems, streamed } from '../http/schemas.ts'
import { ExportQuery } from './schema.ts'

const cards = streamed('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n')
const rows = streamed('First Name,E-mail 1 - Value\r\nAda,ada@example.org\r\n')
const contacts = Type.Unsafe<Readable>({
  type: 'array',
  items: { type: 'object' },
  examples: [[{ first_name: 'Ada', labels: ['Friends'] }]],
})
const archive = streamed('PK')
const named = { 'Content-Disposition': { type: 'string', description: 'With a file name.' } }

export const exportContactsOperation = {
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
} satisfies FastifySchema

export const exportAccountOperation = {
  operationId: 'export_account',
  tags: ['users'],
  summary: 'Download all of my account',
  description:
    'A ZIP archive: `contacts.vcf` (each card as it came, with its photo), `contacts.csv`, ' +
    'and `account.json` with the profile, labels, imports, contacts, groups, the trash and the ' +
    'history of every contact. It can be imported, here or elsewhere; of `account.json` the same ' +
    'is made again.',
  response: {
    200: {
      description: 'The archive.',
      headers: named,
      content: { 'application/zip': { schema: archive } },
    },
    ...problems(401),
  },
} satisfies FastifySchema
