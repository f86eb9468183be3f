import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { problems, ref } from '../../http/schemas.ts'
import { rateLimit } from '../../limits/rate-limit.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { changePassword, resetPassword } from './change.ts'
import { requireUser } from '../sessions/require-user.ts'
import { EmailRequest, PasswordChange, PasswordReset, saying } from '../schema.ts'
import { requestMail } from '../sign-up.ts'

const asked = 'If there is an account with this address, a mail is on its way.'
const reset = 'Your password has been reset. Log in with the new one.'
const changed = 'Your password has been changed.'

/** Forgotten and changed passwords. */
export function passwordRoutes(services: Services): FastifyPluginCallbackTypebox {
  const limit = (name: string, max: number, windowSeconds: number) =>
    rateLimit(services, { name, by: 'address', max, windowSeconds })
  return (app, _options, done) => {
    app.post(
      '/api/auth/forgot_password',
      {
        preHandler: limit('forgot-password', 10, 3600),
        schema: {
          operationId: 'forgot_password',
          tags: ['auth'],
          security: [],
          summary: 'Ask for a mail that lets you set a new password',
          description: 'The answer is the same whether or not there is such an account.',
          body: ref(EmailRequest),
          response: {
            200: saying(asked, 'One text for all.'),
            ...problems(400, 413, 415, 422),
          },
        },
      },
      async ({ body }) => {
        await requestMail(services, 'reset_password', body.email)
        return { message: asked }
      },
    )

    app.post(
      '/api/auth/reset_password',
      {
        preHandler: limit('reset-password', 30, 3600),
        schema: {
          operationId: 'reset_password',
          tags: ['auth'],
          security: [],
          summary: 'Set a new password by the token from the mail',
          description: 'Every session ends, and every other mailed token of the account is dead.',
          body: ref(PasswordReset),
          response: {
            200: saying(reset, 'The new password is set.'),
            ...problems(400, 413, 415, 422),
          },
        },
      },
      async (request) => {
        await resetPassword(services, request.body, clientOf(request))
        return { message: reset }
      },
    )

    app.post(
      '/api/auth/change_password',
      {
        onRequest: [
          requireUser(services),
          rateLimit(services, { name: 'change-password', by: 'user', max: 10, windowSeconds: 60 }),
        ],
        schema: {
          operationId: 'change_password',
          tags: ['auth'],
          summary: 'Change my password',
          description: 'Every other session ends.',
          body: ref(PasswordChange),
          response: {
            200: saying(changed, 'Changed.'),
            ...problems(400, 401, 403, 413, 415, 422),
          },
        },
      },
      async (request) => {
        await changePassword(services, request.user, request.body, clientOf(request))
        return { message: changed }
      },
    )
    done()
  }
}
