import Type, { type Static } from 'typebox'
import { idPath } from '../../http/schemas.ts'

const id = Type.String({ format: 'uuid', examples: ['01a20497-405b-7167-a9e2-939dbd06ad08'] })
const createdAt = Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] })

/** A text or null, which answers always have. */
function orNull(description: string, example: string, format: { format?: string } = {}) {
  return Type.Unsafe<string | null>({
    type: ['string', 'null'],
    ...format,
    description,
    examples: [example],
  })
}

const Scope = Type.Unsafe<'read_only' | 'read_write'>({
  type: 'string',
  enum: ['read_only', 'read_write'],
  description: 'Whether it may change anything.',
  examples: ['read_only'],
})
const Name = (example: string) =>
  Type.String({
    minLength: 1,
    maxLength: 100,
    format: 'one-line',
    description: 'By which you know it again; need not be unique.',
    examples: [example],
  })
const lastUse = {
  last_used_at: orNull('Half a minute late at most.', '2026-11-22T18:41:30.000Z', {
    format: 'date-time',
  }),
  last_address: orNull('From where it was used last.', '192.0.2.7'),
  last_client: orNull('What the program calls itself (User-Agent).', 'curl/8.14.1'),
}
const tokenMembers = {
  id,
  name: Name('Backup script'),
  scope: Scope,
  created_at: createdAt,
  expires_at: orNull('Null: it does not expire.', '2027-11-22T00:00:00.000Z', {
    format: 'date-time',
  }),
}
const passwordMembers = { id, name: Name('Ada’s phone'), scope: Scope, created_at: createdAt }

export const NewApiToken = Type.Object(
  {
    name: Name('Backup script'),
    scope: Scope,
    expires_at: Type.Optional(
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        format: 'date-time',
        maxLength: 40,
        description: 'In the future. Null, or left out: it does not expire.',
        examples: ['2999-12-31T00:00:00Z'],
      }),
    ),
  },
  { $id: 'NewApiToken', additionalProperties: false },
)

export type ApiToken = Static<typeof ApiToken>
export const ApiToken = Type.Object(
  { ...tokenMembers, ...lastUse },
  { $id: 'ApiToken', description: 'A token for scripts and integrations, without its secret.' },
)

export type CreatedApiToken = Static<typeof CreatedApiToken>
export const CreatedApiToken = Type.Object(
  {
    ...tokenMembers,
    token: Type.String({
      description: 'For `Authorization: Bearer …`. Shown this once.',
      examples: ['kith_pat_…'],
    }),
  },
  { $id: 'CreatedApiToken', description: 'A new token, with its secret.' },
)

export const NewAppPassword = Type.Object(
  { name: Name('Ada’s phone'), scope: Scope },
  { $id: 'NewAppPassword', additionalProperties: false },
)

export type AppPassword = Static<typeof AppPassword>
export const AppPassword = Type.Object(
  { ...passwordMembers, ...lastUse },
  { $id: 'AppPassword', description: 'A password for one program, without the password.' },
)

export type CreatedAppPassword = Static<typeof CreatedAppPassword>
export const CreatedAppPassword = Type.Object(
  {
    ...passwordMembers,
    password: Type.String({
      description: 'Shown this once; case and hyphens do not matter.',
      examples: ['7k3m9q-x2vt8p-n4wc6h-d5rj0e'],
    }),
  },
  { $id: 'CreatedAppPassword', description: 'A new app password.' },
)

export const ApiTokenPath = idPath('the token')
export const AppPasswordPath = idPath('the app password')
