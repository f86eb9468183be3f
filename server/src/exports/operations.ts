import type { Readable } from 'node:stream'
import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems } from '../http/problem-responses.ts'
import { ref, streamed } from '../http/schemas.ts'
import { CardsQuery, ExportedContact, ExportQuery, TableQuery } from './schema.ts'

const cards = streamed('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n')
const rows = streamed('First Name,E-mail 1 - Value\r\nAda,ada@example.org\r\n')
const contacts = Type.Unsafe<Readable>({ type: 'array', items: ref(ExportedContact) })
const archive = streamed('PK')
const named = { 'Content-Disposition': { type: 'string', description: 'With a file name.' } }
const refusals = problems(...needsLogin, 'not_found', 'validation_failed')

/** The answer of a download that comes as one of these media types. */
function file(content: Record<string, { schema: object }>) {
  return { description: 'The file.', headers: named, content }
}

export const exportVcardsOperation = {
  operationId: 'export_vcards',
  tags: ['imports'],
  security: opensToTokens,
  summary: 'Download my contacts as vCards',
  description:
    'In the order in which they were added. Labels are CATEGORIES; one that came as a group is ' +
    'that group card, at the end.',
  querystring: CardsQuery,
  response: { 200: file({ 'text/vcard': { schema: cards } }), ...refusals },
} satisfies FastifySchema

export const exportCsvOperation = {
  operationId: 'export_csv',
  tags: ['imports'],
  security: opensToTokens,
  summary: 'Download my contacts as CSV',
  description:
    'In the order in which they were added, with the columns of Google, and those that it lacks, ' +
    'such as further employers of a card. It can be imported here again without a difference.',
  querystring: TableQuery,
  response: { 200: file({ 'text/csv': { schema: rows } }), ...refusals },
} satisfies FastifySchema

export const exportJsonOperation = {
  operationId: 'export_json',
  tags: ['imports'],
  security: opensToTokens,
  summary: 'Download my contacts as JSON',
  description:
    'In the order in which they were added, with all fields, the names and colours of labels, and ' +
    'the vCard that each came in. It can be imported, here or elsewhere.',
  querystring: TableQuery,
  response: { 200: file({ 'application/json': { schema: contacts } }), ...refusals },
} satisfies FastifySchema

export const exportContactsOperation = {
  operationId: 'export_contacts',
  tags: ['imports'],
  security: opensToTokens,
  summary: 'Download my contacts as a file of some format',
  description:
    'Use `/api/export.vcf`, `/api/export.csv` and `/api/export.json` instead: each has one format.',
  deprecated: true,
  querystring: ExportQuery,
  response: {
    200: {
      ...file({
        'text/vcard': { schema: cards },
        'text/csv': { schema: rows },
        'application/json': { schema: contacts },
      }),
      headers: {
        ...named,
        Deprecation: { type: 'string', description: 'Since when (RFC 9745).' },
        Link: { type: 'string', description: 'What to use instead, as rel="successor-version".' },
      },
    },
    ...refusals,
  },
} satisfies FastifySchema

export const exportAccountOperation = {
  operationId: 'export_account',
  tags: ['users'],
  security: opensToTokens,
  summary: 'Download all of my account',
  description:
    'A ZIP archive: `contacts.vcf` (each card as it came, with its photo), `contacts.csv`, ' +
    'and `account.json` with the profile, labels, imports, contacts, groups, the trash and the ' +
    'history of every contact. It can be imported, here or elsewhere; of `account.json` the same ' +
    'is made again.',
  response: {
    200: file({ 'application/zip': { schema: archive } }),
    ...problems(...needsLogin),
  },
} satisfies FastifySchema
