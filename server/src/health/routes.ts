import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'
import { sql } from 'kysely'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import {
  healthcheckerOperation,
  livezOperation,
  metricsOperation,
  readyzOperation,
  welcome,
} from './operations.ts'
import { reportHealth } from './report.ts'
import type { HealthReport } from './schema.ts'

const forwarding = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']

/** Liveness, readiness and metrics, for whoever runs the server. */
export function healthRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { db, config, metrics } = services
  const askDatabase = () => sql`select 1`.execute(db)
  return (app, _options, done) => {
    app.get('/api/healthchecker', { schema: healthcheckerOperation }, async () => {
      await askDatabase()
      return { message: welcome }
    })

    app.get('/livez', { schema: livezOperation }, () => ({ status: 'ok' }))

    app.get('/readyz', { schema: readyzOperation }, async (request): Promise<HealthReport> => {
      if (services.lifecycle.isStopping) throw stopping()
      if (isVerbose(request) && isOperator(request, config)) return reportHealth(services)
      await askDatabase()
      return { status: 'ok' }
    })

    app.get('/metrics', { schema: metricsOperation }, async (request, reply) => {
      if (!isOperator(request, config)) {
        throw new AppError('not_found', 'not_found', 'There is nothing at this path.')
      }
      return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
    })
    done()
  }
}

/** A parameter without a value counts as absent elsewhere: here it is all there is to say. */
function isVerbose({ url }: FastifyRequest): boolean {
  return new URL(url, 'http://localhost').searchParams.has('verbose')
}

/** Whether this may see what only those who run the server should. */
function isOperator({ ip, headers }: FastifyRequest, { trustProxy, metricsAllow }: Config) {
  // Through a proxy that is not trusted, everybody would seem to come from its address.
  const isForwarded = trustProxy.length === 0 && forwarding.some((name) => name in headers)
  return !isForwarded && isWithin(ip, metricsAllow)
}

function stopping(): AppError {
  const detail = 'The server is stopping: send requests elsewhere.'
  return new AppError('unavailable', 'stopping', detail, { retryAfterSeconds: 5 })
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
