import type { FastifySchema } from 'fastify'
import { problems, takesJson } from '../../http/problem-responses.ts'
import { noContent, ref } from '../../http/schemas.ts'
import { LogoutQuery } from '../schema.ts'
import { BrowserLoginRequest, BrowserSession, OwnPageHeaders } from './schema.ts'

const setsCookies = {
  'Set-Cookie': { type: 'string', description: 'Both cookies of the session, or their ends.' },
}

export const logInBrowserOperation = {
  operationId: 'browser_login',
  tags: ['auth'],
  security: [],
  summary: 'Log a page of this server in',
  description:
    'The refresh token is set as a cookie that no script can read. Only pages of this server may ' +
    'ask: `X-Kith: 1`, and `Sec-Fetch-Site: same-origin` or this server’s `Origin`.',
  headers: OwnPageHeaders,
  body: ref(BrowserLoginRequest),
  response: {
    200: { ...ref(BrowserSession), description: 'A new session.', headers: setsCookies },
    ...problems(
      ...takesJson,
      'other_site',
      'invalid_login',
      'email_not_confirmed',
      'too_many_failures',
      'busy',
    ),
  },
} satisfies FastifySchema

export const refreshBrowserOperation = {
  operationId: 'browser_refresh',
  tags: ['auth'],
  security: [{ browser: [] }],
  summary: 'Go on with the session of the cookies',
  description:
    'The cookie is renewed; each may be used once. 401 clears the cookies: `session_ended` was ended ' +
    'on purpose or stolen, so that the device forgets what it keeps; `session_expired` needs a login.',
  headers: OwnPageHeaders,
  response: {
    200: { ...ref(BrowserSession), description: 'The session, renewed.', headers: setsCookies },
    ...problems(...takesJson, 'other_site', 'session_ended', 'session_expired'),
  },
} satisfies FastifySchema

export const logOutBrowserOperation = {
  operationId: 'browser_logout',
  tags: ['auth'],
  security: [],
  summary: 'End the session of the cookies, or every session',
  description:
    'By the cookies alone, so that no access token is needed; without good ones they are only cleared. ' +
    'With `all` every API token and app password ends too.',
  headers: OwnPageHeaders,
  querystring: LogoutQuery,
  response: {
    ...noContent('Logged out; the cookies are cleared.'),
    ...problems(...takesJson, 'other_site'),
  },
} satisfies FastifySchema
