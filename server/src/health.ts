import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import ipaddr from 'ipaddr.js'
import { sql } from 'kysely'
import Type from 'typebox'
import { saying } from './accounts/schema.ts'
import { AppError } from './errors.ts'
import { problems } from './http/schemas.ts'
import type { Services } from './services.ts'

const welcome = 'Welcome to Kith!'
const forwarding = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']
const Status = Type.Object({ status: Type.String({ examples: ['ok'] }) })

/** For whoever runs this: is it up, is it ready, and what is it doing. */
export function healthRoutes({ db, config, metrics }: Services): FastifyPluginCallbackTypebox {
  const askDatabase = () => sql`select 1`.execute(db)
  return (app, _options, done) => {
    const operation = (operationId: string, summary: string, answer: object) => ({
      schema: {
        operationId,
        tags: ['health'],
        summary,
        security: [],
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
    app.get('/readyz', operation('readyz', 'May requests be sent here', Status), async () => {
      await askDatabase()
      return { status: 'ok' }
    })

    app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
      // Through a proxy that is not trusted, everybody would seem to come from its address.
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
