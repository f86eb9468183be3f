import type { FastifySchema } from 'fastify'
import { needsLogin, problems, takesJson } from '../../http/problem-responses.ts'
import { messageResponse, ref } from '../../http/schemas.ts'
import { EmailRequest, PasswordChangeRequest, PasswordResetRequest } from '../schema.ts'

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
    ...problems(...takesJson),
  },
} satisfies FastifySchema

export const resetPasswordOperation = {
  operationId: 'reset_password',
  tags: ['auth'],
  security: [],
  summary: 'Set a new password by the token from the mail',
  description: 'Every session ends, and every other mailed token of the account is dead.',
  body: ref(PasswordResetRequest),
  response: {
    200: messageResponse(passwordReset, 'The new password is set.'),
    ...problems(...takesJson, 'invalid_reset_token', 'busy'),
  },
} satisfies FastifySchema

export const changePasswordOperation = {
  operationId: 'change_password',
  tags: ['auth'],
  summary: 'Change my password',
  description: 'Every other session ends.',
  body: ref(PasswordChangeRequest),
  response: {
    200: messageResponse(passwordChanged, 'Changed.'),
    ...problems(...needsLogin, ...takesJson, 'wrong_password', 'too_many_failures', 'busy'),
  },
} satisfies FastifySchema
