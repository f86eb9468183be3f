import type { FastifyInstance } from 'fastify'
import { AppError } from '../errors.ts'

/**
 * Refuses a query whose escapes are no UTF-8, as the router refuses such a path: it would be read as the text of
 * its escapes. Calls that read no query take any.
 */
export function refuseBrokenQueries(app: FastifyInstance) {
  app.addHook('onRequest', ({ routeOptions, url }, _reply, done) => {
    const query = routeOptions.schema?.querystring ? url.slice(url.indexOf('?') + 1) : ''
    if (!query.includes('%') || isDecodable(query)) return done()
    done(new AppError('malformed', 'malformed_request', 'The query could not be decoded.'))
  })
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
