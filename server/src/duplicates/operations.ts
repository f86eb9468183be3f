import type { FastifySchema } from 'fastify'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems, takesJson, writesByToken } from '../http/problem-responses.ts'
import { noContent, ref } from '../http/schemas.ts'
import { DuplicatePath, Duplicates, DuplicatesQuery } from './schema.ts'

const tags = ['duplicates']

export const listDuplicatesOperation = {
  operationId: 'list_duplicates',
  tags,
  security: opensToTokens,
  summary: 'Find contacts that may be of one person',
  description:
    'Each group says why, and what its contacts would become together. They have an e-mail address or ' +
    'a number in common that few others have, the same name and one more sign (birthday, company, ' +
    'address, a part of a number), or a name that is alike (a nickname, swapped, an initial, one slip) ' +
    'and two. The name alone is never enough. The first call looks at the whole book, the next ones at ' +
    'what has changed.',
  querystring: DuplicatesQuery,
  response: {
    200: { ...ref(Duplicates), description: 'The groups that are most probable come first.' },
    ...problems(...needsLogin, 'validation_failed', 'busy'),
  },
} satisfies FastifySchema

export const dismissDuplicatesOperation = {
  operationId: 'dismiss_duplicates',
  tags,
  security: opensToTokens,
  summary: 'Say that these are different people',
  description:
    'None of them will be in one group with another of them again, also when others come to it.',
  params: DuplicatePath,
  response: {
    ...noContent('Remembered.'),
    ...problems(...writesByToken, ...takesJson, 'not_found'),
  },
} satisfies FastifySchema

export const undismissDuplicatesOperation = {
  operationId: 'undismiss_duplicates',
  tags,
  security: opensToTokens,
  summary: 'Take back that these are different people',
  description: 'They may be shown in one group again.',
  params: DuplicatePath,
  response: {
    ...noContent('They are compared again.'),
    ...problems(...writesByToken, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema
