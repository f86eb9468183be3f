import { etagOf } from '../contacts/etag.ts'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest, FastifySchemaCompiler } from 'fastify'
import Type from 'typebox'
import { apiAuthor } from '../contacts/api-author.ts'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { maxUploadSize, readUpload, uploadOptions } from '../avatars/upload.ts'
import { contactNotFound } from '../contacts/change.ts'
import { IfMatch, IfNoneMatch } from '../contacts/request-schema.ts'
import { ContactAnswer } from '../contacts/schema.ts'
import { presentContact } from '../contacts/present.ts'
import { isFresh } from '../http/etag.ts'
import { noContent, problems, ref } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { readOriginal, readPhotoHash, readShaped, removePhoto, setPhoto } from './photos.ts'
import { findPhotoHash } from './queries.ts'
import { PhotoAnswer, PhotoBody, PhotoPath, PhotoQuery } from './schema.ts'

const url = '/api/contacts/:id/photo'
// How much of the hash stands in the path of a photo.
const versionLength = 16

/** `/api/contacts/{id}/photo`: the photo in the contact's card. */
export function photoRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { database } = services
  const signedIn = requireUser(services)
  // Whoever looks at a list asks for as many photos.
  const reads = { name: 'photos', by: 'user', max: 1_000, windowSeconds: 60 } as const
  const reading = rateLimit(services, reads)
  const writes = { name: 'photos-change', by: 'user', max: 60, windowSeconds: 60 } as const
  const writing = rateLimit(services, writes)

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
        validatorCompiler: (route) => (route.httpPart === 'body' ? () => true : compile(route)),
        schema: {
          operationId: 'set_photo',
          tags: ['contacts'],
          summary: 'Give a contact a photo',
          description:
            'The picture goes into the vCard of the contact as it is. Where the card has no room ' +
            'for it (1 MiB, of which base64 takes a third), a smaller JPEG goes there instead.',
          consumes: ['multipart/form-data', 'image/jpeg', 'image/png', 'image/webp'],
          headers: IfMatch,
          params: PhotoPath,
          body: PhotoBody,
          response: {
            200: {
              ...ref(ContactAnswer),
              description: 'The contact, with the path of the new photo.',
              headers: { ETag: { type: 'string', description: 'The contact’s.' } },
            },
            ...problems(400, 401, 404, 412, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const { user, params, headers } = request
        if (!(await findPhotoHash(database.read, user.id, params.id))) throw contactNotFound()
        const bytes = await bodyOf(request)
        const row = await setPhoto(
          database,
          apiAuthor(request),
          params.id,
          bytes,
          headers['if-match'],
        )
        void reply.header('etag', etagOf(row))
        return presentContact(row)
      },
    )

    app.get(
      url,
      {
        onRequest: [signedIn, reading],
        schema: {
          operationId: 'read_photo',
          tags: ['contacts'],
          summary: 'Read a contact’s photo',
          headers: IfNoneMatch,
          params: PhotoPath,
          querystring: PhotoQuery,
          response: {
            200: PhotoAnswer,
            304: Type.Null({ description: 'Not changed since the tag in If-None-Match.' }),
            ...problems(401, 404, 422),
          },
        },
      },
      async (request, reply) => {
        const { user, params, query, headers } = request
        const hash = await readPhotoHash(database, user.id, params.id)
        const etag = `"${hash.slice(0, 32)}-${query.size}"`
        const isVersion = query.v === hash.slice(0, versionLength)
        const caching = isVersion ? 'private, max-age=31536000, immutable' : 'private, no-cache'
        const kept = { etag, 'cache-control': caching }
        if (isFresh(headers['if-none-match'], etag)) {
          return reply.status(304).headers(kept).send(null)
        }
        if (query.size === 'original') {
          const { bytes, mediaType } = await readOriginal(database, user.id, params.id, hash)
          // What nobody knows is nothing to open.
          if (!mediaType.startsWith('image/'))
            void reply.header('content-disposition', 'attachment')
          return reply.headers(kept).type(mediaType).send(bytes)
        }
        const size = query.size === '96' ? 96 : 512
        const webp = await readShaped(services, user.id, params.id, size, hash)
        return reply.headers(kept).type('image/webp').send(webp)
      },
    )

    app.delete(
      url,
      {
        onRequest: [signedIn, writing],
        schema: {
          operationId: 'delete_photo',
          tags: ['contacts'],
          summary: 'Remove a contact’s photo',
          headers: IfMatch,
          params: PhotoPath,
          response: { ...noContent('It has no photo now.'), ...problems(401, 404, 412, 422) },
        },
      },
      async (request, reply) => {
        const { params, headers } = request
        await removePhoto(database, apiAuthor(request), params.id, headers['if-match'])
        return reply.status(204).send(null)
      },
    )
  }
}

/** The picture as the body itself, or as the one file of a form. */
function bodyOf(request: FastifyRequest): Promise<Buffer> | Buffer {
  return Buffer.isBuffer(request.body) ? request.body : readUpload(request)
}
