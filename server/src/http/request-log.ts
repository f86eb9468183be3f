import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Services } from '../services.ts'

type Observers = Pick<Services, 'log' | 'metrics'>

/**
 * One line and one measurement per answer. The route's pattern stands in both, never the path:
 * paths carry tokens and queries carry people's names.
 */
export function observeRequests(app: FastifyInstance, { log, metrics }: Observers) {
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

/**
 * Logs and measures an answer that breaks off before its end, whichever side broke it: of these the
 * hooks are not told.
 * @returns the stream that is to be sent
 */
export function observeStream(
  { log, metrics }: Observers,
  reply: FastifyReply,
  stream: Readable,
): Readable {
  let reason: Error | undefined
  stream.once('error', (error) => (reason = error))
  reply.raw.once('close', () => {
    if (reply.raw.writableFinished) return
    const { id, ip, user, method, routeOptions } = reply.request
    const route = routeOptions.url ?? '(none)'
    metrics.requests.observe({ method, route, status: 'broken off' }, reply.elapsedTime / 1000)
    const about = { id, ip, user: user?.id, method, route }
    if (reason) log.error({ ...about, err: reason }, 'an answer broke off')
    else log.warn(about, 'the caller left before the end of an answer')
  })
  return stream
}
