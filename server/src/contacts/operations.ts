import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { nextPageHeader, noContent, notModified, problems, ref } from '../http/schemas.ts'
import { ContactPatch, ContactReplacement, NewContact } from './body-schema.ts'
import { ContactPath, IfMatch, IfNoneMatch, ListQuery, SearchQuery } from './request-schema.ts'
import { contactResponse, etagHeader, ListedContact } from './schema.ts'

const page = {
  ...Type.Array(ref(ListedContact)),
  description: 'One page of the list.',
  headers: {
    'X-Total-Count': { type: 'integer', description: 'How many contacts match, on all pages.' },
    'X-Index-State': {
      type: 'string',
      enum: ['updating'],
      description:
        'Only after an upgrade, and only where the list was sorted by names or searched: what it was ' +
        'sorted or searched by is still being updated, so contacts may be missing or misplaced.',
    },
    ...nextPageHeader,
  },
}

export const createContactOperation = {
  operationId: 'create_contact',
  tags: ['contacts'],
  summary: 'Add a contact',
  body: ref(NewContact),
  response: {
    201: {
      ...contactResponse('The new contact.'),
      headers: { ...etagHeader, Location: { type: 'string', description: 'Its path.' } },
    },
    ...problems(400, 401, 413, 415, 422),
  },
} satisfies FastifySchema

export const listContactsOperation = {
  operationId: 'list_contacts',
  tags: ['contacts'],
  summary: 'List and filter contacts',
  description:
    'The first page counts into the limit of ten lists a minute; those behind `after` count into ' +
    'the limit of all other calls, as searches do.',
  querystring: ListQuery,
  response: { 200: page, ...problems(401, 422) },
} satisfies FastifySchema

export const searchContactsOperation = {
  operationId: 'search_contacts',
  tags: ['contacts'],
  summary: 'Find contacts by words',
  querystring: SearchQuery,
  response: { 200: page, ...problems(401, 422) },
} satisfies FastifySchema

export const readContactOperation = {
  operationId: 'read_contact',
  tags: ['contacts'],
  summary: 'Read one contact',
  headers: IfNoneMatch,
  params: ContactPath,
  response: {
    200: contactResponse('The contact.'),
    ...notModified,
    ...problems(401, 404, 422),
  },
} satisfies FastifySchema

export const replaceContactOperation = {
  operationId: 'replace_contact',
  tags: ['contacts'],
  summary: 'Replace a contact as a whole',
  headers: IfMatch,
  params: ContactPath,
  body: ref(ContactReplacement),
  response: {
    200: contactResponse('The contact as it is now.'),
    ...problems(400, 401, 404, 412, 413, 415, 422),
  },
} satisfies FastifySchema

export const patchContactOperation = {
  operationId: 'patch_contact',
  tags: ['contacts'],
  summary: 'Change some fields of a contact',
  consumes: ['application/merge-patch+json', 'application/json'],
  headers: IfMatch,
  params: ContactPath,
  body: ref(ContactPatch),
  response: {
    200: contactResponse('The contact as it is now.'),
    ...problems(400, 401, 404, 412, 413, 415, 422),
  },
} satisfies FastifySchema

export const deleteContactOperation = {
  operationId: 'delete_contact',
  tags: ['contacts'],
  summary: 'Move a contact to the trash',
  description: 'It can be restored for 30 days.',
  headers: IfMatch,
  params: ContactPath,
  response: { ...noContent('In the trash.'), ...problems(401, 404, 412, 422) },
} satisfies FastifySchema
