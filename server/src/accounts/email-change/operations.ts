import type { FastifySchema } from 'fastify'
import { needsLogin, problems, takesJson } from '../../http/problem-responses.ts'
import { messageResponse, ref } from '../../http/schemas.ts'
import { EmailChangeRequest } from '../schema.ts'

/** The message of `change_email`. */
export const emailChangeRequested = 'Check your mail at the new address to confirm it.'

export const changeEmailOperation = {
  operationId: 'change_email',
  tags: ['users'],
  summary: 'Ask for another e-mail address',
  description:
    'The new address gets a link that makes the change, the old one a link that stops it or, for 7 ' +
    'days, takes it back. Until then nothing changes. The answer is the same whether or not the new ' +
    'address has an account. All other sessions end with the change.',
  body: ref(EmailChangeRequest),
  response: {
    202: messageResponse(emailChangeRequested, 'One text for all.'),
    ...problems(...needsLogin, ...takesJson, 'wrong_password', 'too_many_failures', 'busy'),
  },
} satisfies FastifySchema
