import type { FastifySchema } from 'fastify'
import { messageResponse, noContent, problems, ref } from '../http/schemas.ts'
import { ConfirmationPath, EmailRequest, SignedUp, SignUp } from './schema.ts'
import { AccountDeletion, User, UserPatch } from './user-schema.ts'

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
  body: ref(SignUp),
  response: {
    201: { ...ref(SignedUp), description: 'The new account.' },
    ...problems(400, 403, 409, 413, 415, 422),
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
    200: messageResponse(emailConfirmed, 'Confirmed, now or before.'),
    ...problems(400, 404, 422),
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
    ...problems(400, 413, 415, 422),
  },
} satisfies FastifySchema

export const readMeOperation = {
  operationId: 'read_me',
  tags: ['users'],
  summary: 'Who am I',
  response: { 200: { ...ref(User), description: 'Your account.' }, ...problems(401) },
} satisfies FastifySchema

export const updateMeOperation = {
  operationId: 'update_me',
  tags: ['users'],
  summary: 'Change my name',
  body: ref(UserPatch),
  response: {
    200: { ...ref(User), description: 'Your account.' },
    ...problems(400, 401, 413, 415, 422),
  },
} satisfies FastifySchema

export const deleteMeOperation = {
  operationId: 'delete_me',
  tags: ['users'],
  summary: 'Delete my account and everything in it',
  body: ref(AccountDeletion),
  response: {
    ...noContent('Everything is gone.'),
    ...problems(400, 401, 403, 413, 415, 422),
  },
} satisfies FastifySchema
