import type { FastifyInstance } from 'fastify'
import { AppError } from '../errors.ts'

/**
 * Refuses compressed bodies with 415 (RFC 9110, 15.5.16): none of our requests is large, but what
 * a small one unpacks to may be.
 */
export function refuseCompressedBodies(app: FastifyInstance) {
  app.addHook('onRequest', (request, reply, done) => {
    const coding = request.headers['content-encoding']?.trim().toLowerCase()
    if (coding === undefined || coding === '' || coding === 'identity') return done()
    void reply.header('accept-encoding', 'identity')
    done(new AppError('unsupported', 'compressed_body', 'Compressed bodies are not accepted.'))
  })
}
