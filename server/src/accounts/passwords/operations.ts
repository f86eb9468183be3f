import type { FastifySchema } from 'fastify'
import { messageResponse, problems, ref } from '../../http/schemas.ts'
import { EmailRequest, PasswordChange, PasswordReset } from '../schema.ts'

/** The message of `forgot_password`. */
export const resetRequested = 'If there is an account with this address, a mail is on its way.'
/** The message of `reset_password`. */
export const passwordReset = 'Your password has been reset. Log in with the new one.'
/** The message of `change_password`. */
export const passwordChanged = 'Your password has been changed.'

export const forgotPasswordOperation = {
  operationId: 'forgot_password',
  tags: ['auth'],
  security: [],
  summary: 'Ask for a mail that lets you set a new password',
  description: 'The answer is the same whether or not there is such an account.',
  body: ref(EmailRequest),
  response: {
    200: messageResponse(resetRequested, 'One text for all.'),
    ...problems(400, 413, 415, 422),
  },
} satisfies FastifySchema

export const resetPasswordOperation = {
  operationId: 'reset_password',
  tags: ['auth'],
  security: [],
  summary: 'Set a new password by the token from the mail',
  description: 'Every session ends, and every other mailed token of the account is dead.',
  body: ref(PasswordReset),
  response: {
    200: messageResponse(passwordReset, 'The new password is set.'),
    ...problems(400, 413, 415, 422),
  },
} satisfies FastifySchema

export const changePasswordOperation = {
  operationId: 'change_password',
  tags: ['auth'],
  summary: 'Change my password',
  description: 'Every other session ends.',
  body: ref(PasswordChange),
  response: {
    200: messageResponse(passwordChanged, 'Changed.'),
    ...problems(400, 401, 403, 413, 415, 422),
  },
} satisfies FastifySchema
