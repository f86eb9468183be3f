import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { AppError } from '../../errors.ts'
import { rateLimit } from '../../limits/rate-limit.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { logInWithUser, type Refreshed } from '../sessions/sessions.ts'
import { toUser } from '../users.ts'
import { endBrowserSession, refreshBrowser } from './browser-sessions.ts'
import { sessionCookies } from './cookies.ts'
import {
  logInBrowserOperation,
  logOutBrowserOperation,
  refreshBrowserOperation,
} from './operations.ts'
import { onlyOwnPages } from './own-pages.ts'

/** `/api/auth/browser/*`: the only routes that read a cookie. */
export function browserRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { config } = services
  const cookies = sessionCookies(config)
  const fromOwnPages = onlyOwnPages(config)
  const limit = (name: string, max: number) =>
    rateLimit(services, { name, by: 'address', max, windowSeconds: 60 })

  function present(reply: FastifyReply, { pair, user, endsAt }: Refreshed, device: string) {
    cookies.set(reply, pair.refresh_token, device, endsAt)
    void reply.header('cache-control', 'no-store')
    const { access_token, expires_in } = pair
    return { access_token, expires_in, user: toUser(user, config.publicUrl) }
  }

  return (app, _options, done) => {
    app.post(
      '/api/auth/browser/login',
      {
        onRequest: fromOwnPages,
        preHandler: limit('login', 30),
        config: { sendsTokens: true },
        schema: logInBrowserOperation,
      },
      async (request, reply) => {
        const { device, deviceHash } = cookies.newDevice()
        const devices = { next: deviceHash, shown: cookies.readDevice(request)?.deviceHash }
        const started = await logInWithUser(services, request.body, clientOf(request), devices)
        return present(reply, started, device)
      },
    )

    app.post(
      '/api/auth/browser/refresh',
      {
        onRequest: [fromOwnPages, limit('refresh', 120)],
        config: { sendsTokens: true },
        schema: refreshBrowserOperation,
      },
      async (request, reply) => {
        const shown = cookies.read(request)
        try {
          const refreshed = await refreshBrowser(services, shown, clientOf(request))
          return present(reply, refreshed, shown?.device ?? '')
        } catch (error) {
          if (error instanceof AppError && error.kind === 'unauthorized') cookies.clear(reply)
          throw error
        }
      },
    )

    app.post(
      '/api/auth/browser/logout',
      { onRequest: [fromOwnPages, limit('refresh', 120)], schema: logOutBrowserOperation },
      async (request, reply) => {
        await endBrowserSession(services, cookies.read(request), request.query, clientOf(request))
        cookies.clear(reply)
        return reply.status(204).send(null)
      },
    )
    done()
  }
}
