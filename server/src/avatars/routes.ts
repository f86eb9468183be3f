import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { AppError } from '../errors.ts'
import { noContent, problems, ref } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { User } from '../accounts/user-schema.ts'
import { toUser } from '../accounts/users.ts'
import { removeAvatar, setAvatar } from './avatars.ts'
import { readAvatar } from './disk.ts'
import { readUpload, uploadOptions } from './upload.ts'

const AvatarForm = Type.Object({
  file: Type.String({
    format: 'binary',
    description: 'JPEG, PNG or WebP, up to 5 MB and 25 megapixels.',
  }),
})

/** `/api/users/avatar`, and the pictures that the disk keeps. */
export function avatarRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { publicUrl, dataDir } = services.config
  const signedIn = requireUser(services)
  const limit = rateLimit(services, { name: 'avatar', by: 'user', max: 10, windowSeconds: 60 })

  return async (app) => {
    await app.register(multipart, uploadOptions)

    app.patch(
      '/api/users/avatar',
      {
        onRequest: [signedIn, limit],
        // The form is no value that a schema could check: `readUpload` does.
        validatorCompiler: () => () => true,
        schema: {
          operationId: 'update_avatar',
          tags: ['users'],
          summary: 'Change my avatar',
          description:
            'The picture is turned upright, cut square to 250 × 250 and stripped of its metadata.',
          consumes: ['multipart/form-data'],
          body: AvatarForm,
          response: {
            200: { ...ref(User), description: 'Your account, with the new avatar.' },
            ...problems(400, 401, 413, 415, 422, 502, 504),
          },
        },
      },
      async (request) => {
        const bytes = await readUpload(request)
        return toUser(await setAvatar(services, request.user.id, bytes), publicUrl)
      },
    )

    app.delete(
      '/api/users/avatar',
      {
        onRequest: [signedIn, limit],
        schema: {
          operationId: 'delete_avatar',
          tags: ['users'],
          summary: 'Remove my avatar',
          response: { ...noContent('You have no avatar now.'), ...problems(401) },
        },
      },
      async (request, reply) => {
        await removeAvatar(services, request.user.id)
        return reply.status(204).send(null)
      },
    )

    // Also with Cloudinary: avatars from before it was set stay where they are.
    app.get(
      '/media/avatars/:key(^[0-9a-f]{32}).webp',
      { schema: { hide: true, params: Type.Object({ key: Type.String() }) } },
      async (request, reply) => {
        const webp = await readAvatar(dataDir, request.params.key)
        if (!webp) throw new AppError('not_found', 'not_found', 'There is no such picture.')
        return reply
          .headers({
            'content-type': 'image/webp',
            'cache-control': 'public, max-age=31536000, immutable',
            'content-security-policy': "default-src 'none'",
            'x-content-type-options': 'nosniff',
            // Other sites' pages may show it: a web app on another origin needs that.
            'cross-origin-resource-policy': 'cross-origin',
          })
          .send(webp)
      },
    )
  }
}
