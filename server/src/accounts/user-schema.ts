import Type, { type Static } from 'typebox'
import { nullable } from '../http/schemas.ts'

export const Username = Type.String({
  minLength: 1,
  maxLength: 50,
  format: 'one-line',
  description: 'What to call you; need not be unique.',
  examples: ['Ada'],
})

export type User = Static<typeof User>
export const User = Type.Object(
  {
    id: Type.String({ format: 'uuid', examples: ['01a20497-405b-7167-a9e2-939dbd06ad08'] }),
    username: Type.String({ examples: ['Ada'] }),
    email: Type.String({ examples: ['ada@example.org'] }),
    created_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
    avatar: nullable('An absolute URL; a new one with every upload.', [
      'http://localhost:8000/media/avatars/0f3c5a7b9d1e2f405162738495a6b7c8.webp',
    ]),
  },
  { $id: 'User', description: 'An account.' },
)

export const UserPatch = Type.Object(
  { username: Username },
  { $id: 'UserPatch', additionalProperties: false },
)

export const AccountDeletionRequest = Type.Object(
  {
    password: Type.String({
      minLength: 1,
      maxLength: 512,
      description: 'Your password, once more.',
      examples: ['correct horse battery staple'],
    }),
  },
  { $id: 'AccountDeletionRequest', additionalProperties: false },
)
