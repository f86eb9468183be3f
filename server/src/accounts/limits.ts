import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { emailKey } from './email-address.ts'

type Needs = Pick<Services, 'config' | 'counter' | 'metrics'>

/**
 * How often an address may do what takes no login. Pages and the API share their windows: a hook of
 * the same name counts in the same one.
 */
export function accountLimits(services: Needs) {
  const limit = (name: string, max: number, windowSeconds: number) =>
    rateLimit(services, { name, by: 'address', max, windowSeconds })
  return {
    signUp: rateLimit(services, {
      name: 'signup',
      by: 'address',
      max: 10,
      windowSeconds: 3600,
      // Pressing the button twenty times opens one account and counts as one request.
      sameAs: ({ body }) => emailKey(emailIn(body)),
    }),
    confirm: limit('confirm', 60, 60),
    requestEmail: limit('request-email', 10, 3600),
    forgotPassword: limit('forgot-password', 10, 3600),
    resetPassword: limit('reset-password', 30, 3600),
    /** For pages that say whether a link is still good. */
    openLink: limit('open-link', 60, 60),
  }
}

/** Forms come here before they are checked. */
function emailIn(body: unknown): string {
  const { email } = Object(body) as { email?: unknown }
  return typeof email === 'string' ? email : ''
}
