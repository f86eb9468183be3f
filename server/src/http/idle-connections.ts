import type { FastifyInstance } from 'fastify'

/**
 * Closes connections while the server stops. One whose last request finishes only then is idle after
 * Fastify has closed those that were, and would be kept alive for more than a minute.
 */
export function closeIdleConnections(app: FastifyInstance): void {
  const { server } = app
  app.addHook('preClose', (done) => {
    if (server.listening) {
      const closing = setInterval(() => server.closeIdleConnections(), 100)
      server.once('close', () => clearInterval(closing))
    }
    done()
  })
}
