import { createHash } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { toUser } from '../accounts/users.ts'
import { isFresh } from '../http/etag.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { removeAvatar, setAvatar } from './avatars.ts'
import { readAvatar } from './disk.ts'
import {
  deleteAvatarOperation,
  readAvatarOperation,
  readMyAvatarOperation,
  updateAvatarOperation,
} from './operations.ts'
import { noAvatar, readAvatarAt } from './read-avatar.ts'
import { readUpload, uploadOptions } from './upload.ts'

/** `/api/users/avatar`, `/api/users/me/avatar`, and the pictures that are stored on the disk. */
export function avatarRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { publicUrl, dataDir } = services.config
  const signedIn = requireUser(services)
  const limit = rateLimit(services, { name: 'avatar', by: 'user', max: 10, windowSeconds: 60 })

  const readLimit = rateLimit(services, {
    name: 'avatar-read',
    by: 'user',
    max: 120,
    windowSeconds: 60,
  })

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

    app.get(
      '/api/users/me/avatar',
      { onRequest: [signedIn, readLimit], schema: readMyAvatarOperation },
      async ({ user, headers }, reply) => {
        const { avatarUrl } = user
        if (avatarUrl === null) throw noAvatar()
        const etag = etagOf(avatarUrl)
        // Sent with success only: an error must not be cached.
        const kept = { etag, 'cache-control': 'private, no-cache' }
        if (isFresh(headers['if-none-match'], etag)) return reply.status(304).headers(kept).send()
        const webp = await readAvatarAt(services, avatarUrl)
        return reply
          .headers({ ...kept, 'content-security-policy': "default-src 'none'" })
          .type('image/webp')
          .send(webp)
      },
    )

    // Also while Cloudinary is configured: avatars that were stored before stay on the disk.
    app.get(
      '/media/avatars/:key(^[0-9a-f]{32}).webp',
      { schema: readAvatarOperation },
      async (request, reply) => {
        const webp = await readAvatar(dataDir, request.params.key)
        if (!webp) throw noAvatar()
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

/** Every picture has an address of its own, which never gets another one. */
function etagOf(avatarUrl: string): string {
  return `"${createHash('sha256').update(avatarUrl).digest('hex').slice(0, 32)}"`
}
