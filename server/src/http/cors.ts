import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'

type Allowed = Pick<Config, 'corsOrigins'>

const forAnswers = {
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers':
    'ETag, Location, Link, X-Total-Count, X-Index-State, Retry-After, RateLimit, RateLimit-Policy',
}

const forPreflights = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, idempotency-key, if-match, if-none-match',
  'access-control-max-age': '600',
}

/** The headers of a request that any answer may depend on: a cache keeps one answer for each. */
export const varies = 'Origin, Accept-Encoding'

/**
 * Lets the pages of the allowed origins call us (https://fetch.spec.whatwg.org/#http-cors-protocol).
 * OPTIONS from an allowed origin is answered here, preflight or not.
 */
export function allowOrigins(config: Allowed) {
  return fp((app: FastifyInstance, _options, done) => {
    app.addHook('onRequest', (request, reply, next) => {
      const isAllowed = allowOriginOf(config, request, reply)
      if (!isAllowed || request.method !== 'OPTIONS') return next()
      void reply.status(204).headers(forPreflights).send()
    })
    done()
  })
}

/**
 * Says whether the page that asks may read the answer, and that other pages may hear otherwise.
 * @returns whether it may
 */
export function allowOriginOf(
  { corsOrigins }: Allowed,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): boolean {
  const { origin } = headers
  void reply.header('vary', varies)
  if (origin === undefined || !corsOrigins.includes(origin)) return false
  void reply.headers({ 'access-control-allow-origin': origin, ...forAnswers })
  return true
}
