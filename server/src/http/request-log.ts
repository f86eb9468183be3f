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
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions, id, ip } = request
    const route = routeOptions.url ?? '(none)'
    const status = reply.statusCode
    const ms = Math.round(reply.elapsedTime * 10) / 10
    metrics.requests.observe({ method, route, status }, reply.elapsedTime / 1000)
    log.info({ id, ip, user: request.user?.id, method, route, status, ms }, 'request')
    done()
  })
}
