import type { FastifyInstance } from 'fastify'
import { sendPage } from '../../pages/layout.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { stopEmailChange } from '../email-change/email-change.ts'
import { accountLimits } from '../limits.ts'
import { findMailedToken } from '../mailed-tokens.ts'
import { fieldsOf, linkPaths, mailedTokenIn, tokenOfLink } from './forms.ts'
import {
  deadKeepEmailPage,
  emailKeptPage,
  keepEmailPage,
  pasteKeepEmailPage,
} from './keep-email.ts'

const schema = { hide: true }
const wrongCode = { token: 'This code is not valid any more.' }

/** Stopping a change of the address, from the notice that the old address got. */
export function keepEmailPages(app: FastifyInstance, services: Services) {
  const limits = accountLimits(services)
  for (const path of linkPaths('/keep-email')) {
    app.get(path, { schema, onRequest: limits.openLink }, async (request, reply) => {
      const token = tokenOfLink(request)
      if (token === undefined) return sendPage(reply, pasteKeepEmailPage())
      const proof = await findMailedToken(services.db, 'stop_email_change', token)
      if (!proof) return sendPage(reply, deadKeepEmailPage(), 400)
      return sendPage(reply, keepEmailPage(token, proof.email))
    })
  }

  app.post('/keep-email', { schema, preHandler: limits.confirm }, async (request, reply) => {
    const token = mailedTokenIn(fieldsOf(request)['token'])
    const outcome = await stopEmailChange(services, token, clientOf(request))
    if (!outcome) return sendPage(reply, pasteKeepEmailPage(wrongCode), 400)
    return sendPage(reply, emailKeptPage(outcome))
  })
}
