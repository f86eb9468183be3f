import type { FastifyPluginCallback } from 'fastify'
import { rootPath } from './paths.ts'
import { compliance } from './reply.ts'

/** RFC 6764, 5: it is to be cached as it needs. */
const forAnHour = 'public, max-age=3600'

/** Where clients look that know the host alone (RFC 6764, 5), but for PROPFIND, which is answered there. */
export const wellKnownRoutes: FastifyPluginCallback = (app, _options, done) => {
  const url = '/.well-known/carddav'
  const allow = 'OPTIONS, GET, HEAD, PROPFIND'
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, body, parsed) => {
    body.resume()
    parsed(null)
  })
  for (const at of ['/', url]) {
    app.route({
      url: at,
      method: 'OPTIONS',
      schema: { hide: true },
      handler: (_request, reply) => reply.status(200).headers({ dav: compliance, allow }).send(),
    })
  }
  app.route({
    url,
    method: redirected,
    exposeHeadRoute: false,
    schema: { hide: true },
    handler: ({ method }, reply) => {
      const isRead = method === 'GET' || method === 'HEAD'
      // Of another method, 301 would let clients make a GET.
      const headers = { dav: compliance, 'cache-control': forAnHour }
      return reply.headers(headers).redirect(rootPath, isRead ? 301 : 308)
    },
  })
  done()
}

const redirected = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'REPORT', 'PROPPATCH', 'MKCOL']
