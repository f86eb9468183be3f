import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE']

/**
 * Where a path exists but not for this method, answers 405 with `Allow` (RFC 9110, 15.5.6), and
 * OPTIONS with `Allow` alone. Call first, then `close` after all routes are mounted; `refusal` is for
 * methods that no route has.
 */
export function collectMethods(app: FastifyInstance) {
  const allowed = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return
    const known = allowed.get(url) ?? new Set()
    for (const one of [method].flat()) known.add(one)
    allowed.set(url, known)
  })
  let paths: { form: RegExp; allow: string }[] = []

  /** The problem to answer a request that no route takes. */
  function refusal({ url, method }: FastifyRequest, reply: FastifyReply): AppError {
    const path = url.split('?', 1)[0] ?? ''
    const found = paths.find(({ form }) => form.test(path))
    return found && !found.allow.split(', ').includes(method)
      ? notAllowed(found.allow, reply)
      : new AppError('not_found', 'not_found', 'There is nothing at this path.')
  }

  function close() {
    paths = Array.from(allowed, ([url, known]) => ({ form: formOf(url), allow: allowOf(known) }))
    for (const [url, known] of Array.from(allowed)) {
      // What answers OPTIONS by itself answers every method.
      if (known.has('OPTIONS')) continue
      const allow = allowOf(known)
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
        onRequest: (_request, reply, done) => done(notAllowed(allow, reply)),
        handler: () => undefined,
      })
    }
  }

  return { close, refusal }
}

function allowOf(known: ReadonlySet<string>): string {
  return [...new Set([...known, 'OPTIONS'])].sort().join(', ')
}

function notAllowed(allow: string, reply: FastifyReply): AppError {
  void reply.header('allow', allow)
  return new AppError('method_not_allowed', 'method_not_allowed', `Use one of: ${allow}.`)
}

/** The paths of a route, with and without a slash at the end. */
function formOf(url: string): RegExp {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : RegExp.escape(part)))
  return new RegExp(`^${parts.join('/')}/?$`)
}
