import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'
import { sql } from 'kysely'
import Type from 'typebox'
import { saying } from './accounts/schema.ts'
import type { Config } from './config.ts'
import { AppError } from './errors.ts'
import { HealthReport, reportHealth } from './health-report.ts'
import { problems } from './http/schemas.ts'
import type { Services } from './services.ts'

const welcome = 'Welcome to Kith!'
const forwarding = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']
const Status = Type.Object({ status: Type.String({ examples: ['ok'] }) })

/** For whoever runs this: is it up, is it ready, and what is it doing. */
export function healthRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { db, config, metrics } = services
  const askDatabase = () => sql`select 1`.execute(db)
  return (app, _options, done) => {
    const operation = (
      operationId: string,
      summary: string,
      answer: object,
      more: object = {},
    ) => ({
      schema: {
        operationId,
        tags: ['health'],
        summary,
        security: [],
        ...more,
        response: { 200: { ...answer, description: 'Yes.' }, 503: problems()[503] },
      },
    })

    app.get(
      '/api/healthchecker',
      operation('healthchecker', 'Does the database answer', saying(welcome, 'Yes.')),
      async () => {
        await askDatabase()
        return { message: welcome }
      },
    )
    app.get('/livez', operation('livez', 'Is the process alive', Status), () => ({ status: 'ok' }))
    app.get(
      '/readyz',
      operation('readyz', 'May requests be sent here', HealthReport, {
        description:
          'Not while the database is away, nor once the server was told to stop. With `verbose`, ' +
          'every part with its state, for those who may read `/metrics`.',
        querystring: Type.Object({ verbose: Type.Optional(Type.String()) }),
      }),
      async (request): Promise<HealthReport> => {
        if (services.lifecycle.isStopping) throw stopping()
        if (isVerbose(request) && isOperator(request, config)) return reportHealth(services)
        await askDatabase()
        return { status: 'ok' }
      },
    )

    app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
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
  // A proxy that we trust may have believed anything.
  if (!ipaddr.isValid(ip)) return false
  const address = ipaddr.process(ip)
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(
      network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`,
    )
    return base.kind() === address.kind() && address.match(base, bits)
  })
}
