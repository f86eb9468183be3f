import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import { checkerOf } from '../../http/validation.ts'
import { sendPage } from '../../pages/layout.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { accountFormats } from '../formats.ts'
import { accountLimits } from '../limits.ts'
import { findMailedToken } from '../mailed-tokens.ts'
import { resetPassword } from '../passwords/change.ts'
import { EmailRequest, PasswordResetRequest } from '../schema.ts'
import { requestMail } from '../sign-up.ts'
import { faultsOf, fieldsOf, linkPaths, mailedTokenIn, tokenOfLink, wrongCode } from './forms.ts'
import {
  deadResetPage,
  forgotPasswordPage,
  passwordSavedPage,
  pasteResetPage,
  resetPasswordPage,
  resetSentPage,
} from './reset-password.ts'

const schema = { hide: true }
const checkMail = checkerOf(EmailRequest, accountFormats)
const check = checkerOf(PasswordResetRequest, accountFormats)

/** Asking for the mail that lets one set a new password, and setting it. */
export function passwordPages(
  app: FastifyInstance,
  services: Services,
  inApp: onRequestHookHandler,
) {
  const { db } = services
  const limits = accountLimits(services)
  const onMail = { schema, preHandler: limits.forgotPassword }
  const onReset = { schema, preHandler: limits.resetPassword }
  for (const path of linkPaths('/reset-password')) {
    app.get(path, { schema, onRequest: [inApp, limits.openLink] }, async (request, reply) => {
      const token = tokenOfLink(request)
      if (token === undefined) return sendPage(reply, forgotPasswordPage())
      const proof = await findMailedToken(db, 'reset_password', token)
      if (!proof) return sendPage(reply, deadResetPage(), 400)
      return sendPage(reply, resetPasswordPage(token, proof.email))
    })
  }

  app.post('/reset-password', onReset, async (request, reply) => {
    const { token: code, password } = fieldsOf(request)
    const token = mailedTokenIn(code)
    const proof = await findMailedToken(db, 'reset_password', token)
    if (!proof) return sendPage(reply, pasteResetPage(wrongCode), 400)
    // A code was pasted: the form for the password is still to come.
    if (password === undefined) return sendPage(reply, resetPasswordPage(token, proof.email))
    const input = { token, password }
    const faults = await faultsOf(
      check(input, () => false),
      () => resetPassword(services, input, clientOf(request)),
    )
    if (faults) return sendPage(reply, resetPasswordPage(token, proof.email, faults), 422)
    return sendPage(reply, passwordSavedPage())
  })

  app.post('/reset-password/mail', onMail, async (request, reply) => {
    const { email = '' } = fieldsOf(request)
    const faults = await faultsOf(
      checkMail({ email }, () => false),
      () => requestMail(services, 'reset_password', email),
    )
    if (faults) return sendPage(reply, forgotPasswordPage(faults, email), 422)
    return sendPage(reply, resetSentPage(email.trim()))
  })
}
