import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest, FastifySchemaCompiler } from 'fastify'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { maxUploadSize, readUpload, uploadOptions } from '../avatars/upload.ts'
import { apiAuthor } from '../contacts/api-author.ts'
import { contactNotFound } from '../contacts/change.ts'
import { etagOf } from '../contacts/etag.ts'
import { presentContact } from '../contacts/present.ts'
import { isFresh } from '../http/etag.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { deletePhotoOperation, readPhotoOperation, setPhotoOperation } from './operations.ts'
import { readOriginal, readPhotoHash, readShaped, removePhoto, setPhoto } from './photos.ts'
import { findPhotoHash } from './queries.ts'
import type { PhotoQuery } from './schema.ts'

const url = '/api/contacts/:id/photo'
// How many characters of the hash are in the path of a photo.
const versionLength = 16

/** `/api/contacts/{id}/photo`: the photo in the contact's card. */
export function photoRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { database } = services
  const signedIn = requireUser(services)
  // A client that shows a list requests one photo for each contact.
  const reads = { name: 'photos', by: 'user', max: 1_000, windowSeconds: 60 } as const
  const reading = rateLimit(services, reads)
  const writes = { name: 'photos-change', by: 'user', max: 60, windowSeconds: 60 } as const
  const writing = rateLimit(services, writes)

  async function readPhoto(ownerId: string, id: string, size: PhotoQuery['size'], hash: string) {
    if (size === 'original') return readOriginal(database, ownerId, id, hash)
    const bytes = await readShaped(services, ownerId, id, size === '96' ? 96 : 512, hash)
    return { bytes, mediaType: 'image/webp' }
  }

  return async (app) => {
    await app.register(multipart, uploadOptions)
    app.addContentTypeParser<Buffer>(
      /^image\/(?:jpe?g|png|webp)$/,
      { parseAs: 'buffer', bodyLimit: maxUploadSize },
      async (_request: unknown, bytes: Buffer) => bytes,
    )
    const compile = app.validatorCompiler as FastifySchemaCompiler<unknown>

    app.put(
      url,
      {
        onRequest: [signedIn, writing],
        // A schema cannot check a picture: `setPhoto` does.
        validatorCompiler: (route) => (route.httpPart === 'body' ? () => true : compile(route)),
        schema: setPhotoOperation,
      },
      async (request, reply) => {
        const { user, params, headers } = request
        if (!(await findPhotoHash(database.read, user.id, params.id))) throw contactNotFound()
        const bytes = await bodyOf(request)
        const ifMatch = headers['if-match']
        const row = await setPhoto(database, apiAuthor(request), params.id, bytes, ifMatch)
        void reply.header('etag', etagOf(row))
        return presentContact(row)
      },
    )

    app.get(
      url,
      { onRequest: [signedIn, reading], schema: readPhotoOperation },
      async (request, reply) => {
        const { user, params, query, headers } = request
        const hash = await readPhotoHash(database, user.id, params.id)
        const etag = `"${hash.slice(0, 32)}-${query.size}"`
        const isVersion = query.v === hash.slice(0, versionLength)
        const caching = isVersion ? 'private, max-age=31536000, immutable' : 'private, no-cache'
        // Sent with success only: an error must not be cached.
        const kept = { etag, 'cache-control': caching }
        if (isFresh(headers['if-none-match'], etag)) {
          return reply.status(304).headers(kept).send()
        }
        const { bytes, mediaType } = await readPhoto(user.id, params.id, query.size, hash)
        // A browser must not open a file of an unknown type.
        if (!mediaType.startsWith('image/')) void reply.header('content-disposition', 'attachment')
        return reply.headers(kept).type(mediaType).send(bytes)
      },
    )

    app.delete(
      url,
      { onRequest: [signedIn, writing], schema: deletePhotoOperation },
      async (request, reply) => {
        const { params, headers } = request
        await removePhoto(database, apiAuthor(request), params.id, headers['if-match'])
        return reply.status(204).send(null)
      },
    )
  }
}

/** The picture: the body itself, or the only file of a form. */
function bodyOf(request: FastifyRequest): Promise<Buffer> | Buffer {
  return Buffer.isBuffer(request.body) ? request.body : readUpload(request)
}
