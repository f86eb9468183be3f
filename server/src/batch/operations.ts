import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { opensToTokens } from '../http/api-token-access.ts'
import { problems, takesJson, writesByToken } from '../http/problem-responses.ts'
import { ref } from '../http/schemas.ts'
import { Batch, BatchAnswer } from './schema.ts'

export const changeContactsOperation = {
  operationId: 'change_contacts',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Create, change, delete and restore many contacts',
  description:
    'Up to 500 operations, in a body of up to 8 MiB. Each is judged and carried out by itself, in ' +
    'their order: one that fails stops no other, and its result has the `error`, with the codes of ' +
    'the call for one contact, and `id_taken` or `op_id_reused`. One without an `op_id` cannot be ' +
    'remembered, and fails. An id is taken if you have or had a ' +
    'contact with it. **Safe to repeat**: an `op_id` that was answered within the last 7 days gets the ' +
    'same result again and does nothing, so that after a lost answer the whole batch can be sent ' +
    'again. With at least one `create`, the call also counts as one that creates a contact.',
  querystring: Type.Object({}, { additionalProperties: false }),
  body: ref(Batch),
  response: {
    200: {
      description: 'A result for each operation.',
      content: {
        // Put together from results that are JSON already.
        'application/json': { schema: Type.Unsafe<string>(ref(BatchAnswer)) },
      },
    },
    ...problems(...writesByToken, ...takesJson),
  },
} satisfies FastifySchema
