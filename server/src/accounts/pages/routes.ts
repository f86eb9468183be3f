import formbody from '@fastify/formbody'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../errors.ts'
import { sendProblemPage } from '../../pages/problem-page.ts'
import { webAppInstead, type WebApp } from '../../pages/web-app.ts'
import type { Services } from '../../services.ts'
import { confirmationPages } from './confirmation-routes.ts'
import { keepEmailPages } from './keep-email-routes.ts'
import { passwordPages } from './password-routes.ts'
import { signUpPages } from './sign-up-routes.ts'

/**
 * The pages behind the links of mails. Opening one changes nothing, since programs open links before
 * people do; buttons send forms, which need no script. They count into the limits of the API. Where the
 * web app is built, its pages are shown at the same addresses.
 */
export function accountPages(services: Services, webApp: WebApp | null): FastifyPluginAsync {
  const inApp = webAppInstead(webApp, 'account.html')
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 })
    app.setErrorHandler(sendProblemPage)
    app.addHook('onRequest', refuseOtherSites)
    confirmationPages(app, services, inApp)
    keepEmailPages(app, services)
    passwordPages(app, services, inApp)
    signUpPages(app, services, inApp)
  }
}

/**
 * Keeps pages of other sites from sending our forms with their visitors' browsers and addresses. No
 * Origin is there to be compared: under our referrer policy it is null even for our own pages.
 */
function refuseOtherSites(
  { method, headers }: FastifyRequest,
  _reply: FastifyReply,
  done: (error?: Error) => void,
) {
  const site = headers['sec-fetch-site'] ?? 'same-origin'
  if (method !== 'POST' || site === 'same-origin' || site === 'none') return done()
  done(new AppError('forbidden', 'other_site', 'This form was sent by another site.'))
}
