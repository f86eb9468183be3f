import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import { checkerOf } from '../../http/validation.ts'
import { sendPage } from '../../pages/layout.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { confirmEmailChange } from '../email-change/email-change.ts'
import { accountFormats } from '../formats.ts'
import { accountLimits } from '../limits.ts'
import { findMailedToken } from '../mailed-tokens.ts'
import { EmailRequest } from '../schema.ts'
import { confirmEmail, requestMail } from '../sign-up.ts'
import {
  confirmChangePage,
  confirmationMailPage,
  confirmationSentPage,
  confirmedPage,
  confirmPage,
  deadConfirmationPage,
  emailChangedPage,
  pasteConfirmationPage,
} from './confirmation.ts'
import { faultsOf, fieldsOf, linkPaths, mailedTokenIn, tokenOfLink, wrongCode } from './forms.ts'

const schema = { hide: true }
const check = checkerOf(EmailRequest, accountFormats)

/** Confirming the address of an account, and asking for that mail again. */
export function confirmationPages(
  app: FastifyInstance,
  services: Services,
  inApp: onRequestHookHandler,
) {
  const limits = accountLimits(services)
  for (const path of linkPaths('/confirm')) {
    app.get(path, { schema, onRequest: [inApp, limits.openLink] }, async (request, reply) => {
      const token = tokenOfLink(request)
      if (token === undefined) return sendPage(reply, pasteConfirmationPage())
      const change = await findMailedToken(services.db, 'change_email', token)
      if (change?.isCurrent) return sendPage(reply, confirmedPage(false))
      if (change) return sendPage(reply, confirmChangePage(token, change.email))
      const proof = await findMailedToken(services.db, 'confirm_email', token)
      if (!proof) return sendPage(reply, deadConfirmationPage(), 400)
      if (proof.isConfirmed) return sendPage(reply, confirmedPage(false))
      return sendPage(reply, confirmPage(token, proof.email))
    })
  }

  app.post('/confirm', { schema, preHandler: limits.confirm }, async (request, reply) => {
    const token = mailedTokenIn(fieldsOf(request)['token'])
    const isChange = await confirmEmailChange(services, token, clientOf(request))
    if (isChange) return sendPage(reply, emailChangedPage())
    const isFirstTime = isChange ?? (await confirmEmail(services, token))
    if (isFirstTime === undefined) return sendPage(reply, pasteConfirmationPage(wrongCode), 400)
    return sendPage(reply, confirmedPage(isFirstTime))
  })

  app.post('/confirm/mail', { schema, preHandler: limits.requestEmail }, async (request, reply) => {
    const { email = '' } = fieldsOf(request)
    const faults = await faultsOf(
      check({ email }, () => false),
      () => requestMail(services, 'confirm_email', email),
    )
    if (faults) return sendPage(reply, confirmationMailPage(faults, email), 422)
    return sendPage(reply, confirmationSentPage(email.trim()))
  })
}
