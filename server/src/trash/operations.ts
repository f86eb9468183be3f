import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { ContactPath, PartQuery } from '../contacts/request-schema.ts'
import { bringingBackCodes, contactResponse } from '../contacts/schema.ts'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems, writesByToken } from '../http/problem-responses.ts'
import { nextPageHeader, noContent, ref, totalCountHeader } from '../http/schemas.ts'
import { TrashedContact } from './schema.ts'

export const listTrashOperation = {
  operationId: 'list_trash',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'List the contacts in the trash',
  description: 'Each stays for 30 days. `POST /api/trash/{id}/restore` brings it back.',
  querystring: PartQuery,
  response: {
    200: {
      ...Type.Array(ref(TrashedContact)),
      description: 'Those that were deleted last come first.',
      headers: {
        ...totalCountHeader,
        ...nextPageHeader,
      },
    },
    ...problems(...needsLogin, 'validation_failed'),
  },
} satisfies FastifySchema

export const emptyTrashOperation = {
  operationId: 'empty_trash',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Delete everything in the trash for good',
  description: 'With their history and their photos; they cannot be restored.',
  response: { ...noContent('All of it is gone.'), ...problems(...writesByToken) },
} satisfies FastifySchema

export const restoreContactOperation = {
  operationId: 'restore_contact',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Bring a contact back from the trash',
  description:
    'As it was. Where another contact has the UID of its vCard by now, it gets one of its ' +
    'own; labels that were deleted together with it come back.',
  params: ContactPath,
  response: {
    200: contactResponse('The contact, with the id it had.'),
    ...problems(...writesByToken, ...bringingBackCodes),
  },
} satisfies FastifySchema

export const purgeContactOperation = {
  operationId: 'purge_contact',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Delete a contact in the trash for good',
  description: 'It cannot be restored.',
  params: ContactPath,
  response: {
    ...noContent('It is gone, with its history.'),
    ...problems(...writesByToken, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema
