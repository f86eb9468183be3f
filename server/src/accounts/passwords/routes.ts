import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { rateLimit } from '../../limits/rate-limit.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { accountLimits } from '../limits.ts'
import { inSession, requireUser } from '../sessions/require-user.ts'
import { requestMail } from '../sign-up.ts'
import { changePassword, resetPassword } from './change.ts'
import {
  changePasswordOperation,
  forgotPasswordOperation,
  passwordChanged,
  passwordReset,
  resetPasswordOperation,
  resetRequested,
} from './operations.ts'

/** Forgotten and changed passwords. */
export function passwordRoutes(services: Services): FastifyPluginCallbackTypebox {
  const limits = accountLimits(services)
  return (app, _options, done) => {
    app.post(
      '/api/auth/forgot_password',
      { preHandler: limits.forgotPassword, schema: forgotPasswordOperation },
      async ({ body }) => {
        await requestMail(services, 'reset_password', body.email)
        return { message: resetRequested }
      },
    )

    app.post(
      '/api/auth/reset_password',
      { preHandler: limits.resetPassword, schema: resetPasswordOperation },
      async (request) => {
        await resetPassword(services, request.body, clientOf(request))
        return { message: passwordReset }
      },
    )

    app.post(
      '/api/auth/change_password',
      {
        onRequest: [
          requireUser(services),
          rateLimit(services, { name: 'change-password', by: 'user', max: 10, windowSeconds: 60 }),
        ],
        schema: changePasswordOperation,
      },
      async (request) => {
        await changePassword(services, inSession(request), request.body, clientOf(request))
        return { message: passwordChanged }
      },
    )
    done()
  }
}
