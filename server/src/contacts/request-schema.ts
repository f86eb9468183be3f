import Type, { type Static } from 'typebox'
import { idPath } from '../http/schemas.ts'

export const ContactPath = idPath('the contact')

export const IfNoneMatch = Type.Object({
  'if-none-match': Type.Optional(
    Type.String({ description: 'Answer 304 if the contact still has one of these tags.' }),
  ),
})

export const IdempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      description:
        'A name for this request, such as a random UUID. Sent again under it within 7 days, the ' +
        'request gets the same answer and makes nothing more; another request is refused.',
    }),
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
  'last_name',
  '-last_name',
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
  'Words that must all stand anywhere in the names, the company, the labels, the e-mails or the ' +
  'phones. A contact is found by at most 101 e-mails and 101 phones, and by no more of them than fit into ' +
  '2,000 octets with its names.'

const page = {
  skip: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    default: 0,
    description: 'For deep paging use `after`.',
  }),
  limit: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: 50,
    description: 'How many at the most.',
  }),
  sort: Type.Unsafe<Sort>({
    type: 'string',
    enum: [...sorts],
    default: 'name',
    description:
      '`name`, also called `last_name`, is last name, then first name, then id; without a last name, ' +
      'what is shown. Names are in the root order of CLDR.',
  }),
  after: Type.Optional(
    Type.String({ maxLength: 4_000, description: 'The opaque cursor of a `Link: …; rel="next"`.' }),
  ),
}

/** The query of a list that has only one order. */
export type PartQuery = Static<typeof PartQuery>
export const PartQuery = Type.Object(
  { limit: page.limit, after: page.after },
  { additionalProperties: false },
)

const chosen = {
  view: Type.Unsafe<'simple' | 'full'>({
    type: 'string',
    enum: ['simple', 'full'],
    default: 'simple',
    description: '`full` gives all there is of each contact.',
  }),
  label: Type.Optional(
    Type.String({ format: 'uuid', description: 'Only contacts with this label, by its id.' }),
  ),
}

const q = Type.Optional(
  Type.String({ maxLength: 200, description: `${words} Without words, every contact matches.` }),
)

export type ListQuery = Static<typeof ListQuery>
export const ListQuery = Type.Object(
  {
    ...page,
    ...chosen,
    first_name: filter('Start of the first name, without case or accents.'),
    last_name: filter('Start of the last name, without case or accents.'),
    email: filter('Start of one of the e-mail addresses, without case.'),
    q,
  },
  { additionalProperties: false },
)

export type SearchQuery = Static<typeof SearchQuery>
export const SearchQuery = Type.Object(
  {
    ...page,
    ...chosen,
    sort: Type.Unsafe<Sort | 'relevance'>({
      type: 'string',
      enum: ['relevance', ...sorts],
      default: 'relevance',
      description:
        '`relevance` is whole words before starts of words before what is inside of words; each in ' +
        'names before companies before e-mails before the rest; then by name. Similar hits come last ' +
        'in every order.',
    }),
    q,
    notes: Type.Boolean({
      default: false,
      description:
        'Whether the words may also stand in the notes, the addresses and the custom fields.',
    }),
  },
  { additionalProperties: false },
)
