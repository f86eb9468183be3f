import type { FastifySchema } from 'fastify'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems, takesJson } from '../http/problem-responses.ts'
import { messageResponse, noContent, ref } from '../http/schemas.ts'
import { ConfirmationPath, EmailRequest, SignedUp, SignUpRequest } from './schema.ts'
import { AccountDeletionRequest, User, UserPatch } from './user-schema.ts'

/** The message of `confirm_email` for a token that is used for the first time. */
export const emailConfirmed = 'Email confirmed'
/** The message of `request_email`. */
export const confirmationRequested = 'Check your email for confirmation.'

export const signUpOperation = {
  operationId: 'signup',
  tags: ['auth'],
  security: [],
  summary: 'Open an account',
  description:
    'Where the server is set to `REGISTRATION=invite`, it takes an `invite` for this very ' +
    'address: 422 `invite_required` or `invalid_invite` otherwise. With `closed` nobody can ' +
    'sign up: 403 `registration_closed`.',
  body: ref(SignUpRequest),
  response: {
    201: { ...ref(SignedUp), description: 'The new account.' },
    ...problems(
      ...takesJson,
      'registration_closed',
      'account_exists',
      'invite_required',
      'invalid_invite',
      'busy',
    ),
  },
} satisfies FastifySchema

export const confirmEmailOperation = {
  operationId: 'confirm_email',
  tags: ['auth'],
  security: [],
  summary: 'Confirm the address by the token from the mail',
  description: 'A browser (`Accept: text/html`) gets a page.',
  params: ConfirmationPath,
  response: {
    200: {
      description: 'Confirmed, now or before.',
      content: {
        ...messageResponse(emailConfirmed, '').content,
        'text/html': { schema: { type: 'string', examples: ['<!doctype html>…'] } },
      },
    },
    ...problems('verification_error', 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema

export const requestEmailOperation = {
  operationId: 'request_email_api_auth_request_email_post',
  tags: ['auth'],
  security: [],
  summary: 'Ask for the confirmation mail again',
  description: 'The answer is the same whether or not there is such an account.',
  body: ref(EmailRequest),
  response: {
    200: messageResponse(confirmationRequested, 'One text for all.'),
    ...problems(...takesJson),
  },
} satisfies FastifySchema

export const readMeOperation = {
  operationId: 'read_me',
  tags: ['users'],
  security: opensToTokens,
  summary: 'Who am I',
  description: 'The account that the access token is of.',
  response: { 200: { ...ref(User), description: 'Your account.' }, ...problems(...needsLogin) },
} satisfies FastifySchema

export const updateMeOperation = {
  operationId: 'update_me',
  tags: ['users'],
  summary: 'Change my name',
  description: 'Only the name can be changed here; it need not be unique.',
  body: ref(UserPatch),
  response: {
    200: { ...ref(User), description: 'Your account.' },
    ...problems(...needsLogin, ...takesJson),
  },
} satisfies FastifySchema

export const deleteMeOperation = {
  operationId: 'delete_me',
  tags: ['users'],
  summary: 'Delete my account and everything in it',
  description:
    'With all contacts, at once and for good; the e-mail address is free again. Download ' +
    'everything first, if you like: `GET /api/users/me/export`.',
  body: ref(AccountDeletionRequest),
  response: {
    ...noContent('Everything is gone.'),
    ...problems(...needsLogin, ...takesJson, 'wrong_password', 'too_many_failures', 'busy'),
  },
} satisfies FastifySchema
