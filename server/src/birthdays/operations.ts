import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems } from '../http/problem-responses.ts'
import { ref } from '../http/schemas.ts'
import { BirthdayQuery, UpcomingBirthday } from './schema.ts'

export const listBirthdaysOperation = {
  operationId: 'list_birthdays',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'List the birthdays of the next days',
  description: 'Who was born on 29 February celebrates on 28 February in common years.',
  querystring: BirthdayQuery,
  response: {
    200: { ...Type.Array(ref(UpcomingBirthday)), description: 'Soonest first.' },
    ...problems(...needsLogin, 'validation_failed'),
  },
} satisfies FastifySchema
