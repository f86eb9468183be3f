import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'
import { acceptedLanguages } from '../http/accept-language.ts'
import { varies } from '../http/cors.ts'
import { sendPage, wantsHtml } from '../pages/layout.ts'
import type { Services } from '../services.ts'
import { clientOf } from './client.ts'
import { confirmEmailChange } from './email-change/email-change.ts'
import { accountLimits } from './limits.ts'
import {
  confirmationRequested,
  confirmEmailOperation,
  emailConfirmed,
  requestEmailOperation,
  signUpOperation,
} from './operations.ts'
import { confirmedPage, deadConfirmationPage } from './pages/confirmation.ts'
import { confirmEmail, requestMail, signUp } from './sign-up.ts'
import { toUser } from './users.ts'

/** Opening an account and confirming its address. */
export function accountRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { config } = services
  const limits = accountLimits(services)
  return (app, _options, done) => {
    app.post(
      '/api/auth/signup',
      {
        onRequest: refuseWhenClosed(config),
        preHandler: limits.signUp,
        schema: signUpOperation,
      },
      async (request, reply) => {
        const languages = acceptedLanguages(request.headers['accept-language'])
        const user = await signUp(services, request.body, clientOf(request), languages)
        void reply.status(201)
        return {
          user: toUser(user, config.publicUrl),
          detail: 'User successfully created. Check your email for confirmation.',
        }
      },
    )

    app.get(
      '/api/auth/confirmed_email/:token',
      {
        // HEAD would run the handler, and link checkers would confirm addresses.
        exposeHeadRoute: false,
        onRequest: limits.confirm,
        schema: confirmEmailOperation,
      },
      async (request, reply) => {
        const { token } = request.params
        const isChange = await confirmEmailChange(services, token, clientOf(request))
        const isFirstTime = isChange ?? (await confirmEmail(services, token))
        void reply.header('cache-control', 'no-store').header('vary', `${varies}, Accept`)
        if (wantsHtml(request)) {
          if (isFirstTime === undefined) return sendPage(reply, deadConfirmationPage(), 400)
          return sendPage(reply, confirmedPage(isFirstTime))
        }
        if (isFirstTime === undefined) {
          throw new AppError('malformed', 'verification_error', 'Verification error')
        }
        return { message: isFirstTime ? emailConfirmed : 'Your email is already confirmed' }
      },
    )

    app.post(
      '/api/auth/request_email',
      { preHandler: limits.requestEmail, schema: requestEmailOperation },
      async ({ body }) => {
        await requestMail(services, 'confirm_email', body.email)
        return { message: confirmationRequested }
      },
    )
    done()
  }
}

/** A hook that, where registration is closed, refuses whatever is sent. */
function refuseWhenClosed({ registration }: Pick<Config, 'registration'>) {
  return (_request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void) => {
    if (registration !== 'closed') return done()
    done(new AppError('forbidden', 'registration_closed', 'This server takes no new accounts.'))
  }
}
