import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { needsLogin, problems, takesJson } from '../../http/problem-responses.ts'
import { noContent, ref } from '../../http/schemas.ts'
import { LoginRequest, LogoutQuery, Session, SessionPath, TokenPair } from '../schema.ts'

export const logInOperation = {
  operationId: 'login',
  tags: ['auth'],
  security: [],
  summary: 'Log in',
  description: 'By the password form of OAuth 2.0 (`username` is the e-mail address), or by JSON.',
  body: {
    content: {
      'application/x-www-form-urlencoded': { schema: ref(LoginRequest) },
      'application/json': { schema: ref(LoginRequest) },
    },
  },
  response: {
    200: { ...ref(TokenPair), description: 'A new session.' },
    ...problems(...takesJson, 'invalid_login', 'email_not_confirmed', 'too_many_failures', 'busy'),
  },
} satisfies FastifySchema

const refreshToken = {
  tags: ['auth'],
  summary: 'Exchange a refresh token for a new pair',
  description: 'The refresh token is the bearer token of this call. Each may be used once.',
  security: [{ bearer: [] }],
  response: {
    200: { ...ref(TokenPair), description: 'A new pair.' },
    ...problems('invalid_token'),
  },
} satisfies FastifySchema

export const refreshTokenGetOperation = {
  operationId: 'refresh_token_get',
  ...refreshToken,
} satisfies FastifySchema

export const refreshTokenPostOperation = {
  operationId: 'refresh_token_post',
  ...refreshToken,
} satisfies FastifySchema

export const logOutOperation = {
  operationId: 'logout',
  tags: ['auth'],
  summary: 'End this session, or every session',
  description:
    'The access and the refresh token of the session are refused from now on; with `all` also every ' +
    'API token and app password.',
  querystring: LogoutQuery,
  response: {
    ...noContent('Logged out; its tokens are dead at once.'),
    ...problems(...needsLogin, 'validation_failed'),
  },
} satisfies FastifySchema

export const listSessionsOperation = {
  operationId: 'list_sessions',
  tags: ['auth'],
  summary: 'List the devices that are logged in',
  description: 'Each with its device, its address, and whether it is the one that asks.',
  response: {
    200: { ...Type.Array(ref(Session)), description: 'Last used first.' },
    ...problems(...needsLogin),
  },
} satisfies FastifySchema

export const endSessionOperation = {
  operationId: 'end_session',
  tags: ['auth'],
  summary: 'Log a device out',
  description: 'Its tokens are refused from now on; it may be the one that asks.',
  params: SessionPath,
  response: {
    ...noContent('Ended; its tokens are dead at once.'),
    ...problems(...needsLogin, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema
