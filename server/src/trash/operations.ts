import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { ContactPath, PartQuery } from '../contacts/request-schema.ts'
import { ContactAnswer } from '../contacts/schema.ts'
import { nextPageHeader, noContent, problems, ref } from '../http/schemas.ts'
import { TrashedContact } from './schema.ts'

export const listTrashOperation = {
  operationId: 'list_trash',
  tags: ['contacts'],
  summary: 'List the contacts in the trash',
  querystring: PartQuery,
  response: {
    200: {
      ...Type.Array(ref(TrashedContact)),
      description: 'Those that were deleted last come first.',
      headers: {
        'X-Total-Count': { type: 'integer', description: 'How many are in the trash.' },
        ...nextPageHeader,
      },
    },
    ...problems(401, 422),
  },
} satisfies FastifySchema

export const emptyTrashOperation = {
  operationId: 'empty_trash',
  tags: ['contacts'],
  summary: 'Delete everything in the trash for good',
  response: { ...noContent('All of it is gone.'), ...problems(401) },
} satisfies FastifySchema

export const restoreContactOperation = {
  operationId: 'restore_contact',
  tags: ['contacts'],
  summary: 'Bring a contact back from the trash',
  description:
    'As it was. Where another contact has the UID of its vCard by now, it gets one of its ' +
    'own; labels that were deleted together with it come back.',
  params: ContactPath,
  response: {
    200: {
      ...ref(ContactAnswer),
      description: 'The contact, with the id it had.',
      headers: { ETag: { type: 'string', description: 'For If-Match.' } },
    },
    ...problems(401, 404, 409, 422),
  },
} satisfies FastifySchema

export const purgeContactOperation = {
  operationId: 'purge_contact',
  tags: ['contacts'],
  summary: 'Delete a contact in the trash for good',
  params: ContactPath,
  response: { ...noContent('It is gone, with its history.'), ...problems(401, 404, 422) },
} satisfies FastifySchema
