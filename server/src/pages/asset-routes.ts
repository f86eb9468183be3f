import type { FastifyPluginCallback } from 'fastify'
import { assets } from './assets.ts'

// Its address changes with the content.
const forAYear = 'public, max-age=31536000, immutable'

/** What pages are made of. */
export const assetRoutes: FastifyPluginCallback = (app, _options, done) => {
  for (const [name, { type, content }] of Object.entries(assets)) {
    app.get(`/pages/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply.type(type).header('cache-control', forAYear).send(content),
    )
  }
  done()
}
