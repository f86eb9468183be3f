import cors from '@fastify/cors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'

type Allowed = Pick<Config, 'corsOrigins'>

/** Lets the pages of the allowed origins call us (https://fetch.spec.whatwg.org/#http-cors-protocol). */
export function allowOrigins(config: Allowed) {
  return fp((app: FastifyInstance) =>
    app.register(cors, {
      // A function, since for a list the plugin sends the other CORS headers to everybody.
      origin: (origin, decide) => decide(null, isAllowed(config, origin)),
      credentials: true,
      // OPTIONS from an allowed origin is answered here, preflight or not.
      strictPreflight: false,
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: ['authorization', 'content-type', 'if-match', 'if-none-match'],
      exposedHeaders: [
        'ETag',
        'Location',
        'Link',
        'X-Total-Count',
        'Retry-After',
        'RateLimit',
        'RateLimit-Policy',
      ],
      maxAge: 600,
    }),
  )
}

/** The same for an error that comes before any hook: a page should see its status too. */
export function allowOriginOf(config: Allowed, request: FastifyRequest, reply: FastifyReply) {
  const { origin } = request.headers
  void reply.header('vary', 'Origin')
  if (origin === undefined || !isAllowed(config, origin)) return
  void reply.header('access-control-allow-origin', origin)
  void reply.header('access-control-allow-credentials', 'true')
}

function isAllowed(config: Allowed, origin: string | undefined): boolean {
  return origin !== undefined && config.corsOrigins.includes(origin)
}
