import type { Readable } from 'node:stream'
import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems, takesFile, writesByToken } from '../http/problem-responses.ts'
import { nextPageHeader, ref, streamed } from '../http/schemas.ts'
import { previewSize } from './preview-size.ts'
import { EntriesQuery, Import, ImportEntry, ImportForm, ImportPath, ImportQuery } from './schema.ts'

const one = (description: string) => ({ ...ref(Import), description })
const location = { Location: { type: 'string', description: 'Its path.' } }

const cards = streamed('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n')
const rows = streamed('First Name,E-mail 1 - Value\r\nAda,ada@example.org\r\n')
const contacts = Type.Unsafe<Readable>({
  type: 'array',
  items: { type: 'object' },
  examples: [[{ first_name: 'Ada', labels: ['Friends'] }]],
})
const events = streamed('event: progress\ndata: {"state":"running","progress":0.5}\n\n')

export const importContactsOperation = {
  operationId: 'import_contacts',
  tags: ['imports'],
  security: opensToTokens,
  summary: 'Import contacts from a file, or an account that was exported',
  description:
    'The file is read in the background: see how far it is by its `Location`. Who is there ' +
    'already, by UID or else by equal content, is updated or left as it is. A file that ' +
    'was imported before says nothing new: it adds nothing, and takes back nothing that ' +
    'was changed here since. An archive of Kith, contacts as JSON or the ZIP of an account, is ' +
    'imported whole: labels with their colours (there already, they keep their own), photos, ' +
    'cards to the octet, times, and of an account also labels without contacts, the trash and ' +
    'the history. Where a contact of it has a `card`, that counts, and not the fields beside it. ' +
    'One import of yours runs at a time, the others wait.',
  consumes: ['multipart/form-data'],
  querystring: ImportQuery,
  body: ImportForm,
  response: {
    202: { ...one('The import, which has begun or waits its turn.'), headers: location },
    ...problems(
      ...writesByToken,
      ...takesFile,
      'too_many_imports',
      'file_empty',
      'file_not_recognised',
      'file_encrypted',
      'file_damaged',
      'csv_empty',
      'csv_not_recognised',
      'csv_too_wide',
    ),
  },
} satisfies FastifySchema

export const listImportsOperation = {
  operationId: 'list_imports',
  tags: ['imports'],
  security: opensToTokens,
  summary: 'List my imports',
  description: 'Those of the last 30 days, previews among them.',
  response: {
    200: { ...Type.Array(ref(Import)), description: 'The latest 50, newest first.' },
    ...problems(...needsLogin),
  },
} satisfies FastifySchema

export const readImportOperation = {
  operationId: 'read_import',
  tags: ['imports'],
  security: opensToTokens,
  summary: 'See how far an import is',
  description:
    'Its counts grow while it runs. `GET /api/imports/{id}/events` sends them as they change.',
  params: ImportPath,
  response: {
    200: one('The import as it is now.'),
    ...problems(...needsLogin, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema

export const listImportEntriesOperation = {
  operationId: 'list_import_entries',
  tags: ['imports'],
  security: opensToTokens,
  summary: 'List what became of entries',
  description:
    'One line for every entry that was not just added as a new contact, in the order of ' +
    `the file. A preview lists those as well, of the first ${previewSize} entries.`,
  params: ImportPath,
  querystring: EntriesQuery,
  response: {
    200: {
      ...Type.Array(ref(ImportEntry)),
      description: 'A page of the entries.',
      headers: nextPageHeader,
    },
    ...problems(...needsLogin, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema

export const followImportOperation = {
  operationId: 'follow_import',
  tags: ['imports'],
  security: opensToTokens,
  summary: 'Follow an import as it goes on',
  description:
    'Server-sent events. `progress` comes when something has changed, four times a second ' +
    'at most, and `done` at the end, when the stream closes. The data of both is the ' +
    'import, as JSON.',
  params: ImportPath,
  response: {
    200: {
      description: 'A stream of events.',
      content: { 'text/event-stream': { schema: events } },
    },
    ...problems(...needsLogin, 'not_found', 'too_many_streams', 'validation_failed'),
  },
} satisfies FastifySchema

export const downloadFailedEntriesOperation = {
  operationId: 'download_failed_entries',
  tags: ['imports'],
  security: opensToTokens,
  summary: 'Download the entries that failed',
  description:
    'A file of the same format, of an archive as JSON, as they stood in yours: mend it, import it ' +
    'again.',
  params: ImportPath,
  response: {
    200: {
      description: 'The file. It has no entries when none failed.',
      headers: {
        'Content-Disposition': { type: 'string', description: 'With a file name.' },
      },
      content: {
        'text/vcard': { schema: cards },
        'text/csv': { schema: rows },
        'application/json': { schema: contacts },
      },
    },
    ...problems(...needsLogin, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema

export const undoImportOperation = {
  operationId: 'undo_import',
  tags: ['imports'],
  security: opensToTokens,
  summary: 'Cancel an import, or undo it',
  description:
    'Contacts that it added go to the trash; those that it changed are as they were before; ' +
    'labels that it made go, unless they are in use. What you have changed since stays: ' +
    '`kept` says how many. It happens in the background: `undoing` becomes `undone`. ' +
    'Imports can be undone for 30 days.',
  params: ImportPath,
  response: {
    202: one('The import as it is now.'),
    ...problems(...writesByToken, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema
