import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import ipaddr from 'ipaddr.js'
import { sql } from 'kysely'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { healthcheckerOperation, livezOperation, readyzOperation, welcome } from './operations.ts'

const forwarding = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']

/** Liveness, readiness and metrics, for whoever runs the server. */
export function healthRoutes({ db, config, metrics }: Services): FastifyPluginCallbackTypebox {
  const askDatabase = () => sql`select 1`.execute(db)
  return (app, _options, done) => {
    app.get('/api/healthchecker', { schema: healthcheckerOperation }, async () => {
      await askDatabase()
      return { message: welcome }
    })

    app.get('/livez', { schema: livezOperation }, () => ({ status: 'ok' }))

    app.get('/readyz', { schema: readyzOperation }, async () => {
      await askDatabase()
      return { status: 'ok' }
    })

    app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
      // Behind a proxy that is not trusted, every request seems to come from the address of the proxy.
      const isForwarded =
        config.trustProxy.length === 0 && forwarding.some((name) => name in request.headers)
      if (isForwarded || !isWithin(request.ip, config.metricsAllow)) {
        throw new AppError('not_found', 'not_found', 'There is nothing at this path.')
      }
      return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
    })
    done()
  }
}

function isWithin(ip: string, networks: string[]): boolean {
  // A trusted proxy may pass on a text that is not an address.
  if (!ipaddr.isValid(ip)) return false
  const address = ipaddr.process(ip)
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(
      network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`,
    )
    return base.kind() === address.kind() && address.match(base, bits)
  })
}
