import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems, takesJson, writesByToken } from '../http/problem-responses.ts'
import { nextPageHeader, noContent, notModified, ref, totalCountHeader } from '../http/schemas.ts'
import { ContactPatch, ContactReplacement, NewContact } from './body-schema.ts'
import {
  ContactPath,
  IdempotencyKey,
  IfMatch,
  IfNoneMatch,
  ListQuery,
  SearchQuery,
} from './request-schema.ts'
import {
  ContactAnswer,
  contactResponse,
  etagHeader,
  FoundContact,
  FoundWholeContact,
  OtherProperty,
  SimpleContact,
} from './schema.ts'

const pageText = 'One page: contacts in the simple shape; with `view=full`, whole contacts.'
const pageHeaders = {
  ...totalCountHeader,
  'X-Index-State': {
    type: 'string',
    enum: ['updating'],
    description:
      'Only after an upgrade, and only where the list was sorted by names or searched: what it was ' +
      'sorted or searched by is still being updated, so contacts may be missing or misplaced.',
  },
  ...nextPageHeader,
}

const page = {
  ...Type.Union([Type.Array(ref(SimpleContact)), Type.Array(ref(ContactAnswer))]),
  description: pageText,
  headers: pageHeaders,
}

const hits = {
  ...Type.Union([Type.Array(ref(FoundContact)), Type.Array(ref(FoundWholeContact))]),
  description: `${pageText} Similar ones come last.`,
  headers: pageHeaders,
}

export const createContactOperation = {
  operationId: 'create_contact',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Add a contact',
  description:
    'Some name, an e-mail or a phone is needed. Sent with an `Idempotency-Key`, the request can be ' +
    'sent again when the answer was lost.',
  headers: IdempotencyKey,
  body: ref(NewContact),
  response: {
    201: {
      ...contactResponse('The new contact.'),
      headers: { ...etagHeader, Location: { type: 'string', description: 'Its path.' } },
    },
    ...problems(...writesByToken, ...takesJson, 'idempotency_key_reused'),
  },
} satisfies FastifySchema

export const listContactsOperation = {
  operationId: 'list_contacts',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'List and filter contacts',
  description:
    'The filters match the start of a field, without case or accents. Follow `Link` to the ' +
    'next page: it neither repeats nor leaves out contacts that stay as they are, however ' +
    'deep. The first page counts into the limit of ten lists a minute; those behind `after` ' +
    'count into the limit of all other calls, as searches do.',
  querystring: ListQuery,
  response: { 200: page, ...problems(...needsLogin, 'validation_failed') },
} satisfies FastifySchema

export const searchContactsOperation = {
  operationId: 'search_contacts',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Find contacts by words',
  description:
    'All of the words must be found, each anywhere, without case, accents, apostrophes and hyphens. Latin, ' +
    'Cyrillic and Greek spellings of a name find each other. Where fewer than five contacts are found, up ' +
    'to 100 follow that have the words with typos: one in a word of four letters or more, two of ' +
    'eight. These say `"match": "similar"`. Of a very large book, not all of them may be found.',
  querystring: SearchQuery,
  response: { 200: hits, ...problems(...needsLogin, 'validation_failed') },
} satisfies FastifySchema

export const readContactOperation = {
  operationId: 'read_contact',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Read one contact',
  description: 'With its entity tag, which `If-Match` takes when you change it.',
  headers: IfNoneMatch,
  params: ContactPath,
  response: {
    200: contactResponse('The contact.'),
    ...notModified,
    ...problems(...needsLogin, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema

export const listOtherPropertiesOperation = {
  operationId: 'list_other_properties',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'List what only other programs understand of a contact',
  description:
    'The lines of its vCard that no field holds. They are kept as they are, whatever is changed.',
  params: ContactPath,
  response: {
    200: {
      ...Type.Array(ref(OtherProperty)),
      description: 'All of them, in the order of the vCard.',
    },
    ...problems(...needsLogin, 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema

export const replaceContactOperation = {
  operationId: 'replace_contact',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Replace a contact as a whole',
  description:
    'Simple fields that are absent are cleared, but no e-mail or phone that is one of ' +
    'several; other fields change where they are sent.',
  headers: IfMatch,
  params: ContactPath,
  body: ref(ContactReplacement),
  response: {
    200: contactResponse('The contact as it is now.'),
    ...problems(...writesByToken, ...takesJson, 'not_found', 'stale', 'card_too_large', 'busy'),
  },
} satisfies FastifySchema

export const patchContactOperation = {
  operationId: 'patch_contact',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Change some fields of a contact',
  description:
    'A JSON merge patch (RFC 7396): what is absent stays, null clears, lists are replaced ' +
    'whole.',
  consumes: ['application/merge-patch+json', 'application/json'],
  headers: IfMatch,
  params: ContactPath,
  body: ref(ContactPatch),
  response: {
    200: contactResponse('The contact as it is now.'),
    ...problems(...writesByToken, ...takesJson, 'not_found', 'stale', 'card_too_large', 'busy'),
  },
} satisfies FastifySchema

export const deleteContactOperation = {
  operationId: 'delete_contact',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Move a contact to the trash',
  description: 'It can be restored for 30 days.',
  headers: IfMatch,
  params: ContactPath,
  response: {
    ...noContent('In the trash.'),
    ...problems(...writesByToken, 'not_found', 'stale', 'busy', 'validation_failed'),
  },
} satisfies FastifySchema
