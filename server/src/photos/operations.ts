import type { FastifySchema } from 'fastify'
import { IfMatch, IfNoneMatch } from '../contacts/request-schema.ts'
import { ContactAnswer } from '../contacts/schema.ts'
import { noContent, notModified, problems, ref } from '../http/schemas.ts'
import { PhotoAnswer, PhotoBody, PhotoPath, PhotoQuery } from './schema.ts'

export const setPhotoOperation = {
  operationId: 'set_photo',
  tags: ['contacts'],
  summary: 'Give a contact a photo',
  description:
    'The picture goes into the vCard of the contact as it is. Where the card has no room ' +
    'for it (1 MiB, of which base64 takes a third), a smaller JPEG goes there instead.',
  consumes: ['multipart/form-data', 'image/jpeg', 'image/png', 'image/webp'],
  headers: IfMatch,
  params: PhotoPath,
  body: PhotoBody,
  response: {
    200: {
      ...ref(ContactAnswer),
      description: 'The contact, with the path of the new photo.',
      headers: { ETag: { type: 'string', description: 'The contact’s.' } },
    },
    ...problems(400, 401, 404, 412, 413, 415, 422),
  },
} satisfies FastifySchema

export const readPhotoOperation = {
  operationId: 'read_photo',
  tags: ['contacts'],
  summary: 'Read a contact’s photo',
  headers: IfNoneMatch,
  params: PhotoPath,
  querystring: PhotoQuery,
  response: {
    200: PhotoAnswer,
    ...notModified,
    ...problems(401, 404, 422),
  },
} satisfies FastifySchema

export const deletePhotoOperation = {
  operationId: 'delete_photo',
  tags: ['contacts'],
  summary: 'Remove a contact’s photo',
  headers: IfMatch,
  params: PhotoPath,
  response: { ...noContent('It has no photo now.'), ...problems(401, 404, 412, 422) },
} satisfies FastifySchema
