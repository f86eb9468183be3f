import Type from 'typebox'
import { ref } from '../../http/schemas.ts'
import { User } from '../user-schema.ts'

export const BrowserLoginRequest = Type.Object(
  {
    email: Type.String({ minLength: 1, maxLength: 254, examples: ['ada@example.org'] }),
    password: Type.String({
      minLength: 1,
      maxLength: 512,
      examples: ['correct horse battery staple'],
    }),
  },
  { $id: 'BrowserLoginRequest', additionalProperties: false },
)

export const BrowserSession = Type.Object(
  {
    access_token: Type.String({
      description: 'For `Authorization: Bearer …`; a JWT.',
      examples: ['eyJhbGciOi…'],
    }),
    expires_in: Type.Integer({
      description: 'Seconds that the access token lives.',
      examples: [900],
    }),
    user: ref(User),
  },
  {
    $id: 'BrowserSession',
    description: 'What a page gets of its session; the rest is in cookies that no script can read.',
  },
)

export const OwnPageHeaders = Type.Object({
  'x-kith': Type.Optional(
    Type.String({ description: 'Always `1`: other sites cannot send it.', examples: ['1'] }),
  ),
})
