import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { ContactPath, PartQuery } from '../contacts/request-schema.ts'
import { ContactAnswer } from '../contacts/schema.ts'
import { nextPageHeader, problems, ref } from '../http/schemas.ts'
import { Revision, RevisionPath } from './schema.ts'

export const readHistoryOperation = {
  operationId: 'read_history',
  tags: ['contacts'],
  summary: 'Read the history of a contact',
  params: ContactPath,
  querystring: PartQuery,
  response: {
    200: {
      ...Type.Array(ref(Revision)),
      description: 'The newest first; the last one is its creation.',
      headers: nextPageHeader,
    },
    ...problems(401, 404, 422),
  },
} satisfies FastifySchema

export const revertContactOperation = {
  operationId: 'revert_contact',
  tags: ['contacts'],
  summary: 'Bring a contact back to what it was after a revision',
  description: 'The way back is a revision of its own, so that nothing is lost.',
  params: RevisionPath,
  response: {
    200: {
      ...ref(ContactAnswer),
      description: 'The contact as it is now.',
      headers: { ETag: { type: 'string', description: 'For If-Match.' } },
    },
    ...problems(401, 404, 409, 422),
  },
} satisfies FastifySchema
