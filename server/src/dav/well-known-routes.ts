import type { FastifyPluginCallback } from 'fastify'
import { rootPath } from './paths.ts'
import { compliance } from './reply.ts'

/** Where clients look that know the host alone (RFC 6764, 5), but for PROPFIND, which is answered there. */
export const wellKnownRoutes: FastifyPluginCallback = (app, _options, done) => {
  const url = '/.well-known/carddav'
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, body, parsed) => {
    body.resume()
    parsed(null)
  })
  app.route({
    url,
    method: 'OPTIONS',
    schema: { hide: true },
    handler: (_request, reply) =>
      reply.status(200).headers({ dav: compliance, allow: 'OPTIONS, GET, HEAD, PROPFIND' }).send(),
  })
  app.route({
    url,
    method: redirected,
    exposeHeadRoute: false,
    schema: { hide: true },
    handler: ({ method }, reply) => {
      const isRead = method === 'GET' || method === 'HEAD'
      // Of another method, 301 would let clients make a GET.
      return reply.header('dav', compliance).redirect(rootPath, isRead ? 301 : 308)
    },
  })
  done()
}

const redirected = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'REPORT', 'PROPPATCH', 'MKCOL']
