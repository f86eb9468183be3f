import Type, { type Static } from 'typebox'
import { idPath, ref } from '../http/schemas.ts'
import { User, Username } from './user-schema.ts'

const NewPassword = Type.String({
  minLength: 8,
  maxLength: 128,
  description: 'Any characters; not one of the passwords that are guessed first.',
  examples: ['correct horse battery staple'],
})
const Email = Type.String({
  maxLength: 254,
  format: 'email',
  examples: ['ada@example.org'],
})
const GivenPassword = Type.String({
  minLength: 1,
  // Longer than a new password may be: some keyboards send accents as separate characters.
  maxLength: 512,
  examples: ['correct horse battery staple'],
})
const givenEmail = { minLength: 1, maxLength: 254, examples: ['ada@example.org'] }
const Ignored = Type.String({ maxLength: 500, description: 'Of OAuth 2.0; ignored.' })
const closed = (id: string) => ({ $id: id, additionalProperties: false })

export type SignUpRequest = Static<typeof SignUpRequest>
export const SignUpRequest = Type.Object(
  {
    username: Username,
    email: Email,
    password: NewPassword,
    invite: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'Where signing up takes one: as the invitation says it. Works once.',
        examples: ['p5tRj64nEGwrvA8IrDdI72SHy8l7--axwFO_F-yjclI'],
      }),
    ),
  },
  closed('SignUpRequest'),
)

export const SignedUp = Type.Object(
  {
    user: ref(User),
    detail: Type.String({
      examples: ['User successfully created. Check your email for confirmation.'],
    }),
  },
  { $id: 'SignedUp', description: 'The new account.' },
)

export const ConfirmationPath = Type.Object({
  token: Type.String({ description: 'From the mail.' }),
})

export type LoginRequest = Static<typeof LoginRequest>
export const LoginRequest = Type.Object(
  {
    email: Type.Optional(Type.String(givenEmail)),
    username: Type.Optional(
      Type.String({
        ...givenEmail,
        description: 'Another name of `email`: the one of OAuth 2.0. One of both is sent.',
      }),
    ),
    password: GivenPassword,
    grant_type: Type.Optional(Type.Unsafe<string>({ type: 'string', enum: ['password', ''] })),
    scope: Type.Optional(Ignored),
    client_id: Type.Optional(Ignored),
    client_secret: Type.Optional(Ignored),
  },
  {
    ...closed('LoginRequest'),
    description:
      'An e-mail address and its password, as JSON or as the password form of OAuth 2.0 ' +
      '(RFC 6749, 4.3).',
    examples: [{ email: 'ada@example.org', password: 'correct horse battery staple' }],
    // Rather than `oneOf`, which code generators make two types of.
    if: { required: ['username'] },
    // oxlint-disable-next-line unicorn/no-thenable
    then: { properties: { email: false } },
    else: { required: ['email'] },
  },
)

export const TokenPair = Type.Object(
  {
    access_token: Type.String({
      description: 'For `Authorization: Bearer …`; a JWT.',
      examples: ['eyJhbGciOi…'],
    }),
    refresh_token: Type.String({ description: 'For a new pair, once.', examples: ['eyJhbGciOi…'] }),
    token_type: Type.String({ examples: ['bearer'] }),
    expires_in: Type.Integer({
      description: 'Seconds that the access token lives.',
      examples: [900],
    }),
  },
  { $id: 'TokenPair', description: 'A pair of tokens.' },
)

export const EmailRequest = Type.Object({ email: Email }, closed('EmailRequest'))

export const PasswordResetRequest = Type.Object(
  {
    token: Type.String({
      format: 'mailed-token',
      description: 'From the mail.',
      examples: ['p5tRj64nEGwrvA8IrDdI72SHy8l7--axwFO_F-yjclI'],
    }),
    password: NewPassword,
  },
  closed('PasswordResetRequest'),
)

export const PasswordChangeRequest = Type.Object(
  { current_password: GivenPassword, new_password: NewPassword },
  closed('PasswordChangeRequest'),
)

export const EmailChangeRequest = Type.Object(
  { email: Email, current_password: GivenPassword },
  closed('EmailChangeRequest'),
)

export type Session = Static<typeof Session>
export const Session = Type.Object(
  {
    id: Type.String({ format: 'uuid', examples: ['01a20497-405b-7167-a9e2-939dbd06ad08'] }),
    device: Type.String({
      description: 'What the device calls itself (User-Agent).',
      examples: ['Mozilla/5.0 (X11; Linux x86_64)'],
    }),
    address: Type.String({ description: 'From where it logged in.', examples: ['192.0.2.7'] }),
    created_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
    last_seen_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:41:30.000Z'] }),
    current: Type.Boolean({ description: 'Whether it is the one that asks.', examples: [true] }),
  },
  { $id: 'Session', description: 'A device that is logged in.' },
)

export const SessionPath = idPath('the session')

export const LogoutQuery = Type.Object(
  { all: Type.Boolean({ default: false, description: 'Every session of the account.' }) },
  { additionalProperties: false },
)
