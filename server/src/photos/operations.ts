import type { FastifySchema } from 'fastify'
import { IfMatch, IfNoneMatch } from '../contacts/request-schema.ts'
import { contactResponse } from '../contacts/schema.ts'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems, takesFile, writesByToken } from '../http/problem-responses.ts'
import { noContent, notModified } from '../http/schemas.ts'
import { PhotoAnswer, PhotoForm, PhotoPath, PhotoQuery } from './schema.ts'

export const setPhotoOperation = {
  operationId: 'set_photo',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Give a contact a photo',
  description:
    'The picture goes into the vCard of the contact as it is. Where the card has no room ' +
    'for it (1 MiB, of which base64 takes a third), a smaller JPEG goes there instead.',
  consumes: ['multipart/form-data'],
  headers: IfMatch,
  params: PhotoPath,
  body: PhotoForm,
  response: {
    200: contactResponse('The contact, with the path of the new photo.'),
    ...problems(...writesByToken, ...takesFile, 'not_found', 'stale', 'card_too_large', 'busy'),
  },
} satisfies FastifySchema

export const readPhotoOperation = {
  operationId: 'read_photo',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Read a contact’s photo',
  description:
    'In one of two sizes, or as the vCard holds it. Addresses of photos elsewhere are never ' +
    'fetched.',
  headers: IfNoneMatch,
  params: PhotoPath,
  querystring: PhotoQuery,
  response: {
    200: PhotoAnswer,
    ...notModified,
    ...problems(
      ...needsLogin,
      'not_found',
      'no_photo',
      'photo_elsewhere',
      'photo_unreadable',
      'busy',
      'validation_failed',
    ),
  },
} satisfies FastifySchema

export const deletePhotoOperation = {
  operationId: 'delete_photo',
  tags: ['contacts'],
  security: opensToTokens,
  summary: 'Remove a contact’s photo',
  description: 'Without a photo, nothing changes. The address of one elsewhere stays in the vCard.',
  headers: IfMatch,
  params: PhotoPath,
  response: {
    ...noContent('It has no photo now.'),
    ...problems(
      ...writesByToken,
      'not_found',
      'stale',
      'card_too_large',
      'busy',
      'validation_failed',
    ),
  },
} satisfies FastifySchema
