import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import { AppError } from '../../errors.ts'
import { acceptedLanguages } from '../../http/accept-language.ts'
import { checkerOf } from '../../http/validation.ts'
import { sendPage } from '../../pages/layout.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { accountFormats } from '../formats.ts'
import { findInvite } from '../invites.ts'
import { accountLimits } from '../limits.ts'
import { SignUpRequest } from '../schema.ts'
import { signUp } from '../sign-up.ts'
import { faultsOf, fieldsOf, linkPaths, mailedTokenIn, tokenOfLink } from './forms.ts'
import { closedPage, deadInvitePage, signedUpPage, signUpPage } from './sign-up.ts'

const schema = { hide: true }
const check = checkerOf(SignUpRequest, accountFormats)
const taken = { email: 'There is an account with this e-mail.' }

/** Opening an account, by an invite where that takes one. */
export function signUpPages(app: FastifyInstance, services: Services, inApp: onRequestHookHandler) {
  const { registration } = services.config
  const limits = accountLimits(services)
  for (const path of linkPaths('/signup')) {
    app.get(path, { schema, onRequest: [inApp, limits.openLink] }, async (request, reply) => {
      if (registration === 'closed') return sendPage(reply, closedPage())
      if (registration === 'open') return sendPage(reply, signUpPage())
      const invite = tokenOfLink(request)
      if (invite === undefined) return sendPage(reply, signUpPage({ invite: '' }))
      const email = await findInvite(services.db, invite)
      if (email === undefined) return sendPage(reply, deadInvitePage(), 400)
      return sendPage(reply, signUpPage({ invite, email }))
    })
  }

  app.post('/signup', { schema, preHandler: limits.signUp }, async (request, reply) => {
    if (registration === 'closed') return sendPage(reply, closedPage(), 403)
    const { username = '', email = '', password = '', invite: code } = fieldsOf(request)
    const invite = registration === 'invite' ? { invite: mailedTokenIn(code) } : {}
    const input = { username, email, password, ...invite }
    const languages = acceptedLanguages(request.headers['accept-language'])
    const faults = await faultsOf(
      check(input, () => false),
      () => signUp(services, input, clientOf(request), languages),
    ).catch(takenFaults)
    if (!faults) return sendPage(reply, signedUpPage(email.trim()))
    return sendPage(reply, signUpPage({ username, email, ...invite }, faults), 422)
  })
}

function takenFaults(error: unknown) {
  if (error instanceof AppError && error.code === 'account_exists') return taken
  throw error
}
