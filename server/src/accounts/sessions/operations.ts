import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { noContent, problems, ref } from '../../http/schemas.ts'
import { Login, LoginForm, LogoutQuery, Session, SessionPath, TokenPair } from '../schema.ts'

export const logInOperation = {
  operationId: 'login',
  tags: ['auth'],
  security: [],
  summary: 'Log in',
  description: 'By the password form of OAuth 2.0 (`username` is the e-mail address), or by JSON.',
  body: {
    content: {
      'application/x-www-form-urlencoded': { schema: ref(LoginForm) },
      'application/json': { schema: ref(Login) },
    },
  },
  response: {
    200: { ...ref(TokenPair), description: 'A new session.' },
    ...problems(400, 401, 413, 415, 422),
  },
} satisfies FastifySchema

const refreshToken = {
  tags: ['auth'],
  summary: 'Exchange a refresh token for a new pair',
  description: 'The refresh token is the bearer token of this call. Each may be used once.',
  security: [{ bearer: [] }],
  response: { 200: { ...ref(TokenPair), description: 'A new pair.' }, ...problems(401) },
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
  querystring: LogoutQuery,
  response: {
    ...noContent('Logged out; its tokens are dead at once.'),
    ...problems(401, 422),
  },
} satisfies FastifySchema

export const listSessionsOperation = {
  operationId: 'list_sessions',
  tags: ['auth'],
  summary: 'List the devices that are logged in',
  response: {
    200: { ...Type.Array(ref(Session)), description: 'Last used first.' },
    ...problems(401),
  },
} satisfies FastifySchema

export const endSessionOperation = {
  operationId: 'end_session',
  tags: ['auth'],
  summary: 'Log a device out',
  params: SessionPath,
  response: {
    ...noContent('Ended; its tokens are dead at once.'),
    ...problems(401, 404, 422),
  },
} satisfies FastifySchema
