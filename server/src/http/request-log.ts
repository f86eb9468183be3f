import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/**
 * One line and one measurement per answer. The route's pattern stands in both, never the path:
 * paths carry tokens and queries carry people's names.
 */
export function observeRequests(
  app: FastifyInstance,
  { log, metrics }: Pick<Services, 'log' | 'metrics'>,
) {
  const isLogged = log.isLevelEnabled('info')
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request
    const route = routeOptions.url ?? '(none)'
    const status = reply.statusCode
    const elapsedMs = reply.elapsedTime
    metrics.requests.observe({ method, route, status }, elapsedMs / 1000)
    if (isLogged) {
      const { id, ip, user } = request
      const ms = Math.round(elapsedMs * 10) / 10
      log.info({ id, ip, user: user?.id, method, route, status, ms }, 'request')
    }
    done()
  })
}
