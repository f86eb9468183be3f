import Type, { type Static } from 'typebox'
import { nullable } from '../http/schemas.ts'

const maxNameLength = 200

/** A field of a contact that may be absent, null or empty: all three mean that there is none. */
function field(
  maxLength: number,
  example: string,
  more: { format?: string; description?: string } = {},
) {
  const schema = { type: ['string', 'null'], maxLength, examples: [example], ...more }
  return Type.Optional(Type.Unsafe<string | null>(schema))
}

const fields = {
  first_name: field(maxNameLength, 'Ada'),
  last_name: field(maxNameLength, 'Lovelace'),
  email: field(254, 'ada@example.org', {
    format: 'contact-email',
    description: 'Need not be unique.',
  }),
  phone: field(64, '+44 20 7946 0958', { format: 'phone', description: 'Kept as typed.' }),
  birthday: field(10, '1815-12-10', {
    format: 'birthday',
    description: '`YYYY-MM-DD`, or `--MM-DD` where the year is unknown; not in the future.',
  }),
  additional_data: field(10_000, 'Wrote the first program.', { description: 'Notes.' }),
}

export type NewContact = Static<typeof NewContact>
export const NewContact = Type.Object(fields, {
  $id: 'NewContact',
  additionalProperties: false,
  description: 'A whole contact. At least one of the first four fields is not empty.',
})

export type ContactPatch = Static<typeof ContactPatch>
export const ContactPatch = Type.Object(fields, {
  $id: 'ContactPatch',
  additionalProperties: false,
  description: 'A JSON merge patch (RFC 7396): absent fields stay, null clears.',
})

const stored = {
  id: Type.String({
    format: 'uuid',
    description: 'UUIDv7.',
    examples: ['01a20497-405b-7167-a9e2-939dbd06ad08'],
  }),
  first_name: nullable('', ['Ada']),
  last_name: nullable('', ['Lovelace']),
  email: nullable('', ['ada@example.org']),
  phone: nullable('As typed.', ['+44 20 7946 0958']),
  birthday: nullable('`YYYY-MM-DD`, or `--MM-DD` without a year.', ['1815-12-10']),
  additional_data: nullable('', ['Wrote the first program.']),
  created_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
  updated_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
}

export type Contact = Static<typeof Contact>
export const Contact = Type.Object(stored, { $id: 'Contact', description: 'One of your contacts.' })

export type UpcomingBirthday = Static<typeof UpcomingBirthday>
export const UpcomingBirthday = Type.Object(
  {
    ...stored,
    next_birthday: Type.String({ format: 'date', examples: ['2026-12-10'] }),
    days_until: Type.Integer({ description: '0 is today.', examples: [18] }),
    turns: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'The age reached; null without a year.',
      examples: [211],
    }),
  },
  { $id: 'UpcomingBirthday', description: 'A contact with the next celebration of its birthday.' },
)

export const ContactPath = Type.Object({
  id: Type.String({ format: 'uuid' }),
})

export const IfNoneMatch = Type.Object({
  'if-none-match': Type.Optional(
    Type.String({ description: 'Answer 304 if the contact still has one of these tags.' }),
  ),
})

export const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'Write only if the contact still has one of these tags.' }),
  ),
})

/** Orders by which contacts can be listed; a leading `-` reverses. */
export const sorts = [
  'name',
  '-name',
  'first_name',
  '-first_name',
  'created_at',
  '-created_at',
  'updated_at',
  '-updated_at',
] as const
export type Sort = (typeof sorts)[number]

const filter = (description: string) => Type.Optional(Type.String({ maxLength: 254, description }))
const words =
  'Words that must all stand anywhere in the names, the e-mail or the digits of the phone.'

const page = {
  skip: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    default: 0,
    description: 'For deep paging use `after`.',
  }),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
  sort: Type.Unsafe<Sort>({
    type: 'string',
    enum: [...sorts],
    default: 'name',
    description: '`name` is last name, then first name, then id.',
  }),
  after: Type.Optional(
    Type.String({ maxLength: 4_000, description: 'The opaque cursor of a `Link: …; rel="next"`.' }),
  ),
}

export type ListQuery = Static<typeof ListQuery>
export const ListQuery = Type.Object(
  {
    ...page,
    first_name: filter('Start of the first name, without case or accents.'),
    last_name: filter('Start of the last name, without case or accents.'),
    email: filter('Start of the e-mail address, without case.'),
    q: Type.Optional(Type.String({ maxLength: 200, description: words })),
  },
  { additionalProperties: false },
)

export const SearchQuery = Type.Object(
  { ...page, q: Type.String({ minLength: 1, maxLength: 200, description: words }) },
  { additionalProperties: false },
)
