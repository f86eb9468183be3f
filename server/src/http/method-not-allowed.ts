import type { FastifyInstance } from 'fastify'
import { AppError } from '../errors.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE']

/**
 * Where a path exists but not for this method, answers 405 with `Allow` (RFC 9110, 15.5.6), and
 * OPTIONS with `Allow` alone. Call first, then `close` after all routes are mounted.
 */
export function collectMethods(app: FastifyInstance) {
  const allowed = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return
    const known = allowed.get(url) ?? new Set()
    for (const one of [method].flat()) known.add(one)
    allowed.set(url, known)
  })
  return {
    close() {
      for (const [url, known] of Array.from(allowed)) {
        const allow = [...known, 'OPTIONS'].sort().join(', ')
        app.route({
          method: 'OPTIONS',
          url,
          schema: { hide: true },
          handler: (_request, reply) => reply.status(204).header('allow', allow).send(),
        })
        app.route({
          method: methods.filter((one) => !known.has(one)),
          url,
          schema: { hide: true },
          exposeHeadRoute: false,
          onRequest: (_request, reply, done) => {
            void reply.header('allow', allow)
            done(new AppError('method_not_allowed', 'method_not_allowed', `Use one of: ${allow}.`))
          },
          handler: () => undefined,
        })
      }
    },
  }
}
