import type { FastifySchema } from 'fastify'
import { User } from '../accounts/user-schema.ts'
import { noContent, problems, ref } from '../http/schemas.ts'
import { AvatarForm } from './schema.ts'

export const updateAvatarOperation = {
  operationId: 'update_avatar',
  tags: ['users'],
  summary: 'Change my avatar',
  description:
    'The picture is turned upright, cut square to 250 × 250 and stripped of its metadata.',
  consumes: ['multipart/form-data'],
  body: AvatarForm,
  response: {
    200: { ...ref(User), description: 'Your account, with the new avatar.' },
    ...problems(400, 401, 413, 415, 422, 502, 504),
  },
} satisfies FastifySchema

export const deleteAvatarOperation = {
  operationId: 'delete_avatar',
  tags: ['users'],
  summary: 'Remove my avatar',
  response: { ...noContent('You have no avatar now.'), ...problems(401) },
} satisfies FastifySchema
