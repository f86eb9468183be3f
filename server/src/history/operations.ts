import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { ContactPath, PartQuery } from '../contacts/request-schema.ts'
import { bringingBackCodes, contactResponse } from '../contacts/schema.ts'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems, writesByToken } from '../http/problem-responses.ts'
import { nextPageHeader, ref } from '../http/schemas.ts'
import { Revision, RevisionPath } from './schema.ts'

export const readHistoryOperation = {
  operationId: 'read_history',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Read the history of a contact',
  description:
    'When, by whom and through which entry point each change was made, and the contact as it was.',
  params: ContactPath,
  querystring: PartQuery,
  response: {
    200: {
      ...Type.Array(ref(Revision)),
      description: 'The newest first; the last one is its creation.',
      headers: nextPageHeader,
    },
    ...problems(...needsLogin, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema

export const revertContactOperation = {
  operationId: 'revert_contact',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Bring a contact back to what it was after a revision',
  description: 'The way back is a revision of its own, so that nothing is lost.',
  params: RevisionPath,
  response: {
    200: contactResponse('The contact as it is now.'),
    ...problems(...writesByToken, ...bringingBackCodes),
  },
} satisfies FastifySchema
