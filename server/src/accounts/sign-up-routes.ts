import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'
import { problems, ref } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import { confirmationPage } from '../pages/confirmation.ts'
import { sendPage, wantsHtml } from '../pages/layout.ts'
import type { Services } from '../services.ts'
import { toUser } from './users.ts'
import { clientOf } from './client.ts'
import { emailKey } from './email-address.ts'
import { EmailRequest, saying, SignedUp, SignUp } from './schema.ts'
import { confirmEmail, requestMail, signUp } from './sign-up.ts'

const confirmed = 'Email confirmed'
const asked = 'Check your email for confirmation.'

/** Opening an account and confirming its address. */
export function accountRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { config } = services
  const limit = (name: string, max: number, windowSeconds: number) =>
    rateLimit(services, { name, by: 'address', max, windowSeconds })
  return (app, _options, done) => {
    app.post(
      '/api/auth/signup',
      {
        onRequest: refuseWhenClosed(config),
        preHandler: rateLimit(services, {
          name: 'signup',
          by: 'address',
          max: 10,
          windowSeconds: 3600,
          // A button pressed twenty times opens one account and is refused nineteen times.
          sameAs: ({ body }) => emailKey((body as SignUp).email),
        }),
        schema: {
          operationId: 'signup',
          tags: ['auth'],
          security: [],
          summary: 'Open an account',
          description:
            'Where the server is set to `REGISTRATION=invite`, it takes an `invite` for this very ' +
            'address: 422 `invite_required` or `invalid_invite` otherwise. With `closed` nobody can ' +
            'sign up: 403 `registration_closed`.',
          body: ref(SignUp),
          response: {
            201: { ...ref(SignedUp), description: 'The new account.' },
            ...problems(400, 403, 409, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const user = await signUp(services, request.body, clientOf(request))
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
        onRequest: limit('confirm', 60, 60),
        schema: {
          operationId: 'confirm_email',
          tags: ['auth'],
          security: [],
          summary: 'Confirm the address by the token from the mail',
          description: 'A browser (`Accept: text/html`) gets a page.',
          params: Type.Object({ token: Type.String({ description: 'From the mail.' }) }),
          response: {
            200: saying(confirmed, 'Confirmed, now or before.'),
            ...problems(400, 404, 422),
          },
        },
      },
      async (request, reply) => {
        const isFirstTime = await confirmEmail(services, request.params.token)
        void reply.header('cache-control', 'no-store').header('vary', 'Origin, Accept')
        if (wantsHtml(request)) {
          return sendPage(
            reply,
            confirmationPage(isFirstTime),
            isFirstTime === undefined ? 400 : 200,
          )
        }
        if (isFirstTime === undefined) {
          throw new AppError('malformed', 'verification_error', 'Verification error')
        }
        return { message: isFirstTime ? confirmed : 'Your email is already confirmed' }
      },
    )

    app.post(
      '/api/auth/request_email',
      {
        preHandler: limit('request-email', 10, 3600),
        schema: {
          operationId: 'request_email_api_auth_request_email_post',
          tags: ['auth'],
          security: [],
          summary: 'Ask for the confirmation mail again',
          description: 'The answer is the same whether or not there is such an account.',
          body: ref(EmailRequest),
          response: {
            200: saying(asked, 'One text for all.'),
            ...problems(400, 413, 415, 422),
          },
        },
      },
      async ({ body }) => {
        await requestMail(services, 'confirm_email', body.email)
        return { message: asked }
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
