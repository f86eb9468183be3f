import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { problems, ref, streamed } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { openStreams } from './events.ts'
import { failedEntries } from './file/failed-file.ts'
import {
  readImport,
  requireImportSlot,
  cancelOrUndoImport,
  receiveImport,
  presentImport,
} from './imports.ts'
import { listEntries } from './entry-queries.ts'
import { listLatestImports } from './queries.ts'
import { EntriesQuery, Import, ImportEntry, ImportForm, ImportPath, ImportQuery } from './schema.ts'
import { uploadOptions } from './file/upload.ts'

const one = (description: string) => ({ ...ref(Import), description })
const location = { Location: { type: 'string', description: 'Its path.' } }

const cards = streamed('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n')
const rows = streamed('First Name,E-mail 1 - Value\r\nAda,ada@example.org\r\n')
const events = streamed('event: progress\ndata: {"state":"running","progress":0.5}\n\n')

/** `/api/imports`: files of contacts, read in the background. */
export function importRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { database } = services
  const { read } = database
  const signedIn = requireUser(services)
  const hour = { max: 20, windowSeconds: 3_600 }
  const importing = rateLimit(services, { name: 'imports', by: 'user', ...hour })
  const minute = { max: 300, windowSeconds: 60 }
  const looking = rateLimit(services, { name: 'imports-read', by: 'user', ...minute })
  const onRequest = [signedIn, looking]

  return async (app) => {
    await app.register(multipart, uploadOptions)
    const validate = app.validatorCompiler
    const streams = openStreams(read)
    app.addHook('preClose', async () => streams.close())

    app.post(
      '/api/imports',
      {
        // What is refused for the others that are waiting is not one of the hour.
        onRequest: [...onRequest, ({ user }) => requireImportSlot(database, user.id), importing],
        config: { isUpload: true },
        // The form is no value that a schema could check: `receiveFile` does.
        validatorCompiler: (part) =>
          part.httpPart === 'body' || !validate ? () => true : validate(part),
        schema: {
          operationId: 'import_contacts',
          tags: ['imports'],
          summary: 'Import contacts from a vCard or CSV file',
          description:
            'The file is read in the background: see how far it is by its `Location`. Who is there ' +
            'already, by UID or else by equal content, is updated or left as it is. A file that ' +
            'was imported before says nothing new: it adds nothing, and takes back nothing that ' +
            'was changed here since. One import of yours runs at a time, the others wait.',
          consumes: ['multipart/form-data'],
          querystring: ImportQuery,
          body: ImportForm,
          response: {
            202: { ...one('The import, which has begun or waits its turn.'), headers: location },
            ...problems(400, 401, 409, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const { user, query } = request
        const row = await receiveImport(services, user.id, request, query.dry_run)
        void reply.status(202).header('location', `/api/imports/${row.id}`)
        return presentImport(row)
      },
    )

    app.get(
      '/api/imports',
      {
        onRequest,
        schema: {
          operationId: 'list_imports',
          tags: ['imports'],
          summary: 'List my imports',
          response: {
            200: { ...Type.Array(ref(Import)), description: 'The latest 50, newest first.' },
            ...problems(401),
          },
        },
      },
      async ({ user }) => (await listLatestImports(read, user.id)).map(presentImport),
    )

    app.get(
      '/api/imports/:id',
      {
        onRequest,
        schema: {
          operationId: 'read_import',
          tags: ['imports'],
          summary: 'See how far an import is',
          params: ImportPath,
          response: { 200: one('The import as it is now.'), ...problems(401, 404, 422) },
        },
      },
      async ({ user, params }) => presentImport(await readImport(database, user.id, params.id)),
    )

    app.get(
      '/api/imports/:id/entries',
      {
        onRequest,
        schema: {
          operationId: 'list_import_entries',
          tags: ['imports'],
          summary: 'List what became of entries',
          description:
            'One line for every entry that was not just added as a new contact, in the order of ' +
            'the file. To go on, ask for those `after` the last number.',
          params: ImportPath,
          querystring: EntriesQuery,
          response: {
            200: { ...Type.Array(ref(ImportEntry)), description: 'A page of the entries.' },
            ...problems(401, 404, 422),
          },
        },
      },
      async ({ user, params, query }) => {
        const { id } = await readImport(database, user.id, params.id)
        const { outcome, after, limit } = query
        const which = { ownerId: user.id, importId: id }
        return (await listEntries(read, which, { outcome, after, limit })).map(
          ({ outcome, ...rest }) => ({ ...rest, outcome: outcome === 'group' ? 'same' : outcome }),
        )
      },
    )

    app.get(
      '/api/imports/:id/events',
      {
        onRequest,
        schema: {
          operationId: 'follow_import',
          tags: ['imports'],
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
            ...problems(401, 404, 422),
          },
        },
      },
      async (request, reply) => {
        const { user, params } = request
        const row = await readImport(database, user.id, params.id)
        const gone = new AbortController()
        reply.raw.once('close', () => gone.abort())
        const followed = streams.open(user.id, row, gone.signal)
        void reply.headers({
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          // Proxies such as nginx would hold them back.
          'x-accel-buffering': 'no',
        })
        return reply.send(Readable.from(followed))
      },
    )

    app.get(
      '/api/imports/:id/failed',
      {
        onRequest,
        schema: {
          operationId: 'download_failed_entries',
          tags: ['imports'],
          summary: 'Download the entries that failed',
          description:
            'A file of the same format, as they stood in yours: mend it, import it again.',
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
              },
            },
            ...problems(401, 404, 422),
          },
        },
      },
      async ({ user, params }, reply) => {
        const row = await readImport(database, user.id, params.id)
        const isCsv = row.format === 'csv'
        void reply.headers({
          'content-type': isCsv ? 'text/csv; charset=utf-8' : 'text/vcard; charset=utf-8',
          'content-disposition': `attachment; filename="kith-failed.${row.format}"`,
        })
        return reply.send(Readable.from(failedEntries(read, user.id, row)))
      },
    )

    app.delete(
      '/api/imports/:id',
      {
        onRequest,
        schema: {
          operationId: 'undo_import',
          tags: ['imports'],
          summary: 'Cancel an import, or undo it',
          description:
            'Contacts that it added go to the trash; those that it changed are as they were before; ' +
            'labels that it made go, unless they are in use. What you have changed since stays: ' +
            '`kept` says how many. It happens in the background: `undoing` becomes `undone`. ' +
            'Imports can be undone for 30 days.',
          params: ImportPath,
          response: { 202: one('The import as it is now.'), ...problems(401, 404, 422) },
        },
      },
      async ({ user, params }, reply) => {
        const row = await cancelOrUndoImport(services, user.id, params.id)
        void reply.status(202)
        return presentImport(row)
      },
    )
  }
}
