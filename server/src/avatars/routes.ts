import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { toUser } from '../accounts/users.ts'
import { AppError } from '../errors.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { removeAvatar, setAvatar } from './avatars.ts'
import { readAvatar } from './disk.ts'
import { deleteAvatarOperation, readAvatarOperation, updateAvatarOperation } from './operations.ts'
import { readUpload, uploadOptions } from './upload.ts'

/** `/api/users/avatar`, and the pictures that are stored on the disk. */
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
        // A schema cannot check a form that holds a file: `readUpload` does.
        validatorCompiler: () => () => true,
        schema: updateAvatarOperation,
      },
      async (request) => {
        const bytes = await readUpload(request)
        return toUser(await setAvatar(services, request.user.id, bytes), publicUrl)
      },
    )

    app.delete(
      '/api/users/avatar',
      { onRequest: [signedIn, limit], schema: deleteAvatarOperation },
      async (request, reply) => {
        await removeAvatar(services, request.user.id)
        return reply.status(204).send(null)
      },
    )

    // Also while Cloudinary is configured: avatars that were stored before stay on the disk.
    app.get(
      '/media/avatars/:key(^[0-9a-f]{32}).webp',
      { schema: readAvatarOperation },
      async (request, reply) => {
        const webp = await readAvatar(dataDir, request.params.key)
        if (!webp) throw new AppError('not_found', 'not_found', 'There is no such picture.')
        return reply
          .headers({
            'content-type': 'image/webp',
            'cache-control': 'public, max-age=31536000, immutable',
            'content-security-policy': "default-src 'none'",
            'x-content-type-options': 'nosniff',
            // A web app on another origin may show the picture.
            'cross-origin-resource-policy': 'cross-origin',
          })
          .send(webp)
      },
    )
  }
}
