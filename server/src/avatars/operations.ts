import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { User } from '../accounts/user-schema.ts'
import { opensToTokens } from '../http/api-token-access.ts'
import { needsLogin, problems, problemsOf, takesFile } from '../http/problem-responses.ts'
import { noContent, notModified, ref } from '../http/schemas.ts'
import { AvatarForm, AvatarPath } from './schema.ts'

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
    ...problems(
      ...needsLogin,
      ...takesFile,
      'avatar_storage_failed',
      'avatar_storage_silent',
      'busy',
    ),
  },
} satisfies FastifySchema

export const deleteAvatarOperation = {
  operationId: 'delete_avatar',
  tags: ['users'],
  summary: 'Remove my avatar',
  description: 'Without an avatar, nothing changes.',
  response: { ...noContent('You have no avatar now.'), ...problems(...needsLogin) },
} satisfies FastifySchema

export const readMyAvatarOperation = {
  operationId: 'read_my_avatar',
  tags: ['users'],
  security: opensToTokens,
  summary: 'Read my avatar',
  description: 'From this server, wherever it is kept.',
  headers: Type.Object({
    'if-none-match': Type.Optional(
      Type.String({ description: 'Answer 304 if the picture still has one of these tags.' }),
    ),
  }),
  response: {
    200: {
      description: 'The picture.',
      headers: { ETag: { type: 'string', description: 'Changes with the picture.' } },
      content: {
        'image/webp': { schema: { type: 'string', format: 'binary', examples: ['RIFF…'] } },
      },
    },
    ...notModified,
    ...problems(...needsLogin, 'not_found', 'avatar_storage_failed', 'avatar_storage_silent'),
  },
} satisfies FastifySchema

export const readAvatarOperation = {
  operationId: 'read_avatar',
  tags: ['users'],
  security: [],
  summary: 'Read an avatar',
  description:
    'Where avatars are kept by this server: `avatar` of a user has the whole address. Whoever has ' +
    'that may see the picture.',
  params: AvatarPath,
  response: {
    200: {
      description: 'The picture, which never changes.',
      headers: { 'Cache-Control': { type: 'string', description: 'May be kept for ever.' } },
      content: {
        'image/webp': { schema: { type: 'string', format: 'binary', examples: ['RIFF…'] } },
      },
    },
    ...problemsOf('not_found', 'validation_failed', 'overloaded'),
  },
} satisfies FastifySchema
