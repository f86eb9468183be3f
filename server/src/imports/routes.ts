import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { nextLink } from '../http/page-links.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { listEntries } from './entry-queries.ts'
import { uploadOptions } from './file/upload.ts'
import {
  readImport,
  requireImportSlot,
  cancelOrUndoImport,
  receiveImport,
  presentEntry,
  presentImport,
} from './imports.ts'
import {
  importContactsOperation,
  listImportEntriesOperation,
  listImportsOperation,
  readImportOperation,
  undoImportOperation,
} from './operations.ts'
import { listLatestImports } from './queries.ts'
import { readLimit } from './stream-routes.ts'

/** `/api/imports`: files of contacts, imported in the background. */
export function importRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { database } = services
  const { read } = database
  const hour = { max: 20, windowSeconds: 3_600 }
  const importing = rateLimit(services, { name: 'imports', by: 'user', ...hour })
  const onRequest = [requireUser(services), rateLimit(services, readLimit)]

  return async (app) => {
    await app.register(multipart, uploadOptions)
    const validate = app.validatorCompiler

    app.post(
      '/api/imports',
      {
        // A request that is refused because others wait must not count against the hourly limit.
        onRequest: [...onRequest, ({ user }) => requireImportSlot(database, user.id), importing],
        config: { isUpload: true },
        // A schema cannot check a form that holds a file: `receiveFile` does.
        validatorCompiler: (part) =>
          part.httpPart === 'body' || !validate ? () => true : validate(part),
        schema: importContactsOperation,
      },
      async (request, reply) => {
        const { user, query } = request
        const row = await receiveImport(services, user.id, request, {
          isDryRun: query.dry_run,
          charset: query.charset,
        })
        void reply.status(202).header('location', `/api/imports/${row.id}`)
        return presentImport(row)
      },
    )

    app.get('/api/imports', { onRequest, schema: listImportsOperation }, async ({ user }) =>
      (await listLatestImports(read, user.id)).map(presentImport),
    )

    app.get(
      '/api/imports/:id',
      { onRequest, schema: readImportOperation },
      async ({ user, params }) => presentImport(await readImport(database, user.id, params.id)),
    )

    app.get(
      '/api/imports/:id/entries',
      { onRequest, schema: listImportEntriesOperation },
      async ({ user, params, query }, reply) => {
        const { id } = await readImport(database, user.id, params.id)
        const { limit } = query
        const which = { ownerId: user.id, importId: id }
        const rows = await listEntries(read, which, { ...query, limit: limit + 1 })
        const shown = rows.slice(0, limit)
        const last = shown.at(-1)
        if (last && rows.length > limit) {
          const path = `/api/imports/${id}/entries`
          const cursor = String(last.number)
          void reply.header('link', nextLink(path, query, cursor))
        }
        return shown.map(presentEntry)
      },
    )

    app.delete(
      '/api/imports/:id',
      { onRequest, schema: undoImportOperation },
      async ({ user, params }, reply) => {
        const row = await cancelOrUndoImport(services, user.id, params.id)
        void reply.status(202)
        return presentImport(row)
      },
    )
  }
}
